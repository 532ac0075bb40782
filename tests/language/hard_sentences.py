"""Hard sentence borders, written for this project: a | stands where one sentence ends and the next begins."""

from __future__ import annotations

GERMAN = r"""
Ich nahm z. B. Tabletten.| Das half nicht.
Es gab z.B. Streit zu Hause.| Dann ging ich.
Das war, d. h. es schien so, mein Ende.| Niemand kam.
Ich hatte Angst, d.h. Panik.| Jeden Tag.
Dort waren u. a. Ärzte und Pfleger.| Ich kannte keinen.
Wir sprachen mit Dr. Müller über alles.| Er hörte zu.
Prof. Dr. Weber kam zur Visite.| Er blieb kurz.
Ich schlief bzw. lag wach.| Es war Nacht.
Am 15. März kam ich in die Klinik.| Es regnete.
Schon am 3. Tag ging es mir besser.| Ich aß wieder.
Ich wohnte in St. Gallen bei meiner Tante.| Sie war gut zu mir.
Es dauerte ca. drei Wochen.| Dann war es vorbei.
Da waren Stimmen, Bilder usw.| Ich konnte nicht mehr.
Ärzte, Pfleger usw. standen herum.| Keiner sprach mit mir.
Frau M. sagte nichts.| Sie nickte nur.
Als ich in K. war, kam der Brief.| Ich las ihn nicht.
Das ist i. d. R. kein Problem.| Bei mir schon.
Im 2. Semester brach ich ab.| Meine Eltern schwiegen.
Es kostete 3.000 Euro.| Ich hatte nichts.
Ich ging ... und kam nicht wieder.| So war das.
Ich dachte … vielleicht ist es so.| Vielleicht auch nicht.
Ich weiß nicht...| Dann kam die Angst.
Und dann …| Ich weiß es nicht mehr.
„Geh!“, sagte er.| Ich blieb.
„Was willst du?“ fragte sie.| Ich schwieg.
»Komm mit«, sagte sie.| Ich kam mit.
»Wohin?« fragte ich.| »Nach Hause.«| Das war alles.
Was soll das?!| Ich verstand nichts.
Das war komisch (lacht).| Aber es half.
[Name] war da.| [Name] blieb lange.
ich war müde.| dann kam die angst.| ich ging weg.
was soll das?| keiner sagte was!| ich auch nicht.
wer kennt das auch?| bei mir ist das seit jahren so.
Sie rief „Hilfe!“ und lief weg.| Ich lief hinterher.
Er fragte: „Hörst du das?“| Ich nickte.
Ich sagte: „Nein.“| Er ging.
Um 14.30 Uhr kam der Arzt.| Er war freundlich.
Ich war 17.| Dann kam der erste Schub.
Das war 1998.| Danach wurde alles anders.
Am 1. und 2. Weihnachtstag war ich allein.| Das war hart.
Die Kosten trägt lt. Bescheid die Kasse.| Das stimmte nicht.
Vgl. Seite 3.| Dort steht alles.
Ich lag auf Zimmer 12.| Neben mir lag eine Frau.
Herr K. und Frau B. stritten.| Ich ging raus.
Ich kam nach B.| Dort blieb ich ein Jahr.
Das war in der Nähe von H.| Ich war froh.
Sie hieß Anna S. und war still.| Ich mochte sie.
Er bekam 20 mg tgl. zum Schlafen.| Das half.
Die 3. Station war offen.| Dort durfte ich rauchen.
Vom 3. bis 5. Mai war ich beurlaubt.| Zu Hause ging es gut.
Ich nahm Haldol, Risperdal etc. ein.| Nichts half.
Das kostete 5 Mio. Euro.| So stand es da.
Wir wohnten in der Hauptstr. 5 im Hinterhaus.| Es war kalt.
Mein Sohn, geb. 1990, kam mit.| Er weinte.
Meine Mutter (geb. Schulz) schwieg.| Mein Vater auch.
Es war, m. E. zu Unrecht, verboten.| Ich klagte.
Da war o. g. Pfleger wieder.| Er grüßte.
Frau Dr. med. Klein kam.| Sie gab mir die Hand.
War das alles?| Nein!| Es ging weiter.
Nein!!!| Ich will nicht!!!| Lasst mich!
Das half mir sehr.| (Ich hätte es nie gedacht.)| Heute weiß ich das.
Ich dachte (warum auch immer?) an ihn.| Er war tot.
Das Buch heißt „Was nun?“ und liegt hier.| Ich las es oft.
Ich war\nmüde und ging\nins Bett.| Am Morgen\nwar alles still.
Meine Geschichte|\n\nIch war damals 19.| Alles war neu.
Er sagte, ich sei krank.|Dann ging er.
Im Sept. 2003 war ich dort.| Es war warm.
Seit Jan. war ich krank.| Im März ging es.
Ich bin Jg. 1970.| Meine Schwester ist älter.
Das stand in Abs. 2 des Briefs.| Ich las ihn zweimal.
Die Nr. 5 war ich.| Niemand rief mich auf.
Ich wog max. 50 Kilo.| Das war wenig.
Sie war ja evtl. schwanger.| Das wusste keiner.
Ich sah ihn zum 1. Mal im Park.| Er saß da.
Der 11. September war mein Geburtstag.| Ich wurde 30.| Meine Freunde kamen.
Das war die Zeit v. Chr.| Ich glaubte das wirklich.
„Ich kann nicht mehr.| Ich will nach Hause.“| So sprach ich.
Was tun?| – Ich wusste es nicht.
Er kam um 8.| Wir frühstückten.
Stimmt das?...| Ich weiß nicht.
Ich sagte ja…| Nein sagte ich nie.
Am 24.12. war ich allein.| Am 25.12. kam Besuch.
Kaiser Wilhelm II. war mein Vater, dachte ich.| Das war Wahn.
Hr. Müller, Fr. Schmidt u. Hr. K. waren da.| Alle schwiegen.
Ich kam in die Abt. für Psychosen.| Dort war es laut.
Bin ich krank?, fragte ich mich.| Keiner wusste es.
Am 1.4. wurde ich entlassen.| Kein Scherz.
Ich habe die 10. Klasse geschafft.| Trotz allem.
Ich bin Anna, 34 J., aus [Ort].| Ich bin EX-IN.
ich war z.b. in der klinik.| da war es ok.
das war am 3. tag.| da gings wieder.
""".strip()

ENGLISH = r"""
I took pills, e.g. Haldol.| They did not help.
It was bad, i.e. I could not sleep.| Nobody knew.
Mr. Smith came in.| He sat down.
Mrs. Jones and Dr. Brown talked.| I listened.
I lived in the U.S. for years.| Then I left.
I moved to the U.S.| There I was alone.
He said "Stop!" and left.| I stayed.
"Why?" she asked.| I did not answer.
“Go home,” he said.| I went.
I was tired ... and then I slept.| It helped.
I don't know...| Maybe it was me.
i was scared.| nobody came.| i cried.
It cost 3,000 dollars.| I had 2.50 left.
It was 1998.| Everything changed.
I met J. Smith at the clinic.| He was kind.
We met at 5 p.m. on Monday.| It rained.
He came at 5 p.m.| We talked.
St. Mary's Hospital was old.| I liked it.
Was it real?!| I could not say.
I was No. 5 on the list.| They called me.
My sister (she is a nurse) came.| She stayed.
I had voices, visions, etc.| They were loud.
She said, "I am fine."| I knew better.
[PERSON_1] came.| [PERSON_1] was kind.
That was all.| (I laughed.)| It was over.
I was 17.| Doctors came.
It happened on Jan. 5 at home.| Mum was there.
Prof. Lee, Ph.D., wrote to me.| I wrote back.
""".strip()


def cases(block: str) -> list[tuple[str, list[str]]]:
    """Return [(text, its sentences, trimmed)] for each line of a block; \\n stands for a line end."""
    found = []
    for line in block.split("\n"):
        marked = line.replace("\\n", "\n")
        found.append((marked.replace("|", ""), [part.strip() for part in marked.split("|")]))
    return found
