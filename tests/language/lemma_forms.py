"""Everyday and crisis words as people write them, each with its dictionary form; written for this project."""

from __future__ import annotations

GERMAN = """
fühlte:fühlen ging:gehen kam:kommen schlief:schlafen sprach:sprechen schrie:schreien weinte:weinen
hörte:hören sah:sehen wusste:wissen dachte:denken verlor:verlieren fand:finden half:helfen nahm:nehmen
gab:geben blieb:bleiben lief:laufen saß:sitzen lag:liegen stand:stehen trug:tragen rief:rufen zog:ziehen
brach:brechen aß:essen trank:trinken starb:sterben wuchs:wachsen verschwand:verschwinden begann:beginnen
schien:scheinen empfand:empfinden litt:leiden schwieg:schweigen bekam:bekommen verstand:verstehen
vergaß:vergessen erschrak:erschrecken zerbrach:zerbrechen gezwungen:zwingen eingewiesen:einweisen
entlassen:entlassen fixiert:fixieren aufgewacht:aufwachen abgesetzt:absetzen zugenommen:zunehmen
geschrien:schreien gestorben:sterben verstanden:verstehen geholfen:helfen aufgeschrieben:aufschreiben
durchgedreht:durchdrehen ausgerastet:ausrasten umgezogen:umziehen weggelaufen:weglaufen
eingeliefert:einliefern abgehauen:abhauen verloren:verlieren gefunden:finden
zusammengebrochen:zusammenbrechen angefangen:anfangen aufgehört:aufhören verliebt:verlieben erlebt:erleben
missbraucht:missbrauchen geschlagen:schlagen gelernt:lernen überlebt:überleben kennengelernt:kennenlernen
losgelassen:loslassen angenommen:annehmen aufgegeben:aufgeben zugehört:zuhören aufzugeben:aufgeben
anzunehmen:annehmen auszuhalten:aushalten einzuschlafen:einschlafen hätte:haben wäre:sein könnte:können
würde:werden müsste:müssen dürfte:dürfen wollte:wollen sollte:sollen möchte:mögen mochte:mögen weiß:wissen
lässt:lassen hält:halten fällt:fallen schläft:schlafen trifft:treffen nimmt:nehmen spricht:sprechen
vergisst:vergessen hilft:helfen liest:lesen Stimmen:stimme Ängste:angst Gedanken:gedanke Gefühle:gefühl
Freunde:freund Ärzte:arzt Ärztinnen:ärztin Medikamente:medikament Nebenwirkungen:nebenwirkung
Psychosen:psychose Schübe:schub Häuser:haus Träume:traum Nächte:nacht Kinder:kind Eltern:eltern
Mütter:mutter Väter:vater Brüder:bruder Schwestern:schwester Krisen:krise Kliniken:klinik Stationen:station
Pfleger:pfleger Therapeutinnen:therapeutin Tabletten:tablette Diagnosen:diagnose Rückfälle:rückfall
Wunden:wunde Tränen:träne Erfahrungen:erfahrung Beziehungen:beziehung Klinikaufenthalte:klinikaufenthalt
Selbsthilfegruppen:selbsthilfegruppe Genesungsbegleiterinnen:genesungsbegleiterin
Psychoseerfahrungen:psychoseerfahrung Wahnvorstellungen:wahnvorstellung Hoffnungen:hoffnung Wege:weg
Lebens:leben Betroffenen:betroffene Angehöriger:angehörige Kranke:kranke Zwangseinweisungen:zwangseinweisung
große:groß stärker:stark ältere:alt besseren:gut schlimmsten:schlimm traurigen:traurig kranken:krank
hilfloser:hilflos einsamen:einsam verrückten:verrückt gesünder:gesund eigenen:eigen höheren:hoch
dunkler:dunkel nächsten:nah müder:müde leichter:leicht psychotische:psychotisch ängstliche:ängstlich
heisst:heißen gross:groß grosse:groß Strasse:straße fuehlte:fühlen moechte:mögen Aengste:angst
Gefuehle:gefühl neue:neu Mauer:mauer Israel:israel Poesie:poesie zuhoeren:zuhören haeuser:haus angst:angst
klinik:klinik gedanken:gedanke daß:dass mußte:müssen bewußt:bewusst Thür:tür seyn:sein
"""

# Written after the rules were finished, to measure them on words they had not seen.
GERMAN_UNSEEN = """
verstummte:verstummen erstickte:ersticken schämte:schämen zerriss:zerreißen quälte:quälen
vermisste:vermissen hasste:hassen spürte:spüren wehrte:wehren floh:fliehen betrog:betrügen log:lügen
verschlief:verschlafen erfror:erfrieren geriet:geraten erholte:erholen beruhigte:beruhigen
vertraute:vertrauen entschied:entscheiden bewarb:bewerben gelang:gelingen misslang:misslingen
verfolgt:verfolgen bedroht:bedrohen überwacht:überwachen abgehört:abhören ausgelacht:auslachen
eingesperrt:einsperren angeschrien:anschreien rausgeworfen:rauswerfen wiedergefunden:wiederfinden
ausgeglichen:ausgleichen zurückgezogen:zurückziehen abgestürzt:abstürzen überfordert:überfordern
isoliert:isolieren stigmatisiert:stigmatisieren traumatisiert:traumatisieren anerkannt:anerkennen
verschrieben:verschreiben gespritzt:spritzen verziehen:verzeihen ermutigt:ermutigen gestärkt:stärken
könntest:können müssten:müssen dürftest:dürfen wolltet:wollen wärst:sein hättet:haben wurdest:werden
Erinnerungen:erinnerung Zweifeln:zweifel Schuldgefühle:schuldgefühl Spaziergänge:spaziergang
Gespräche:gespräch Ausflüge:ausflug Nachbarinnen:nachbarin Kolleginnen:kollegin Chefs:chef
Mitpatienten:mitpatient Psychologin:psychologin Vertraute:vertraute Träumen:traum Albträume:albtraum
Selbstmordgedanken:selbstmordgedanke Panikattacken:panikattacke Geister:geist Engeln:engel
Werkstätten:werkstatt Wohnheime:wohnheim Betreuerinnen:betreuerin Vormünder:vormund Anträge:antrag
Bescheide:bescheid schwächer:schwach klüger:klug ruhigeren:ruhig dankbarer:dankbar sinnlosen:sinnlos
verletzlicher:verletzlich offener:offen fremden:fremd stolzer:stolz wütend:wütend geduldiger:geduldig
ehrliche:ehrlich tieferen:tief kürzer:kurz heimlichen:heimlich Aerzte:arzt spueren:spüren Truebsinn:trübsinn
koennte:können weiss:wissen Grüsse:gruß schliesslich:schließlich draussen:draußen aussen:außen Füsse:fuß
häßlich:hässlich Prozeß:prozess Gefängniß:gefängnis bey:bei Theil:teil
"""

ENGLISH = """
felt:feel went:go heard:hear thought:think knew:know saw:see told:tell took:take gave:give found:find
left:leave lost:lose slept:sleep woke:wake spoke:speak ran:run fell:fall broke:break cried:cry died:die
grew:grow began:begin became:become understood:understand kept:keep held:hold hurt:hurt fought:fight
brought:bring taught:teach meant:mean could:can voices:voice children:child lives:life feelings:feeling
hospitals:hospital doctors:doctor nurses:nurse thoughts:thought memories:memory diagnoses:diagnosis
crises:crisis men:man women:woman people:people families:family friends:friend worse:bad better:good
worst:bad happier:happy recovering:recover recovered:recover sleeping:sleep crying:cry taking:take
trying:try stopped:stop hoping:hope admitted:admit discharged:discharge restrained:restrain accepted:accept
medications:medication pills:pill psychoses:psychosis delusions:delusion was:be were:be is:be am:be had:have
did:do done:do gone:go
"""


def pairs(block: str) -> list[tuple[str, str]]:
    """Return [(form, lemma)]."""
    return [(form, lemma) for form, _, lemma in (entry.partition(":") for entry in block.split())]
