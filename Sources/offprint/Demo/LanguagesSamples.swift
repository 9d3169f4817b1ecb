internal import Archive
internal import Typesetting

extension DemoArchive {
  static let sverigeOchKorea = DemoManuscript(
    slug: "sverige-och-korea",
    title: "Sverige och Korea",
    subtitle: "Sjuttio år av diplomati på en delad halvö",
    authors: ["Karin Holmqvist"],
    published: (2020, 12, 8),
    series: "Skeppsbronrapporter",
    number: "29",
    topics: ["Korea", "Sverige", "Diplomati"],
    language: "sv",
    licence: "CC-BY-4.0",
    abstract: [
      """
      Få små länder har varit närvarande på Koreahalvön så länge och på så många sätt som \
      Sverige. Ett fältsjukhus i Busan, en delegation vid stilleståndslinjen, en ambassad i \
      Pyongyang och en i Seoul: under sju decennier har svenska läkare, officerare och \
      diplomater haft uppdrag som andra inte kunde eller ville ta på sig.
      """,
      """
      Rapporten beskriver hur detta engagemang växte fram, oftast utan plan, och vad som har \
      gjort det användbart. Den visar att Sveriges roll har vilat på tre ting: att finnas på \
      plats, att hålla tyst när det behövs och att aldrig göra anspråk på mer än uppdraget \
      medger. Avslutningsvis diskuteras vad av detta som kan bevaras när omvärlden förändras.
      """,
    ],
    sections: [
      .init(
        "Sjukhuset i Busan",
        [
          """
          När Förenta nationerna sommaren 1950 bad medlemsstaterna om hjälp till Sydkorea \
          svarade den svenska regeringen med ett sjukhus. Beslutet var typiskt för sin tid. Man \
          ville visa solidaritet med världsorganisationen men inte sända soldater, och Röda \
          korset hade både personal och vana. I september samma år landsteg de första \
          hundrasjuttio läkarna, sjuksköterskorna och vaktmästarna i Busan, där de inrättade sig \
          i en handelsskola intill en kapplöpningsbana.
          """,
          """
          Sjukhuset var avsett för sårade soldater från FN-styrkorna. Mycket snart kom det också \
          att ta emot koreanska soldater, krigsfångar och till slut civila, som stod i kö redan \
          före gryningen. När kriget tog slut 1953 stannade man kvar i ytterligare fyra år. \
          Omkring elvahundra svenskar hann tjänstgöra, och antalet patienter brukar anges till \
          mer än två miljoner besök. För många äldre i Busan är det svenska sjukhuset det första \
          de nämner när landet kommer på tal.
          """,
          """
          Arbetet fick en fortsättning. Tillsammans med Norge och Danmark byggde Sverige det \
          nationella medicinska centret i Seoul, som öppnades 1958 och där skandinaviska läkare \
          undervisade i tio år. Det var bistånd innan ordet hade blivit vanligt, och det lade \
          grunden till en tillit som senare generationer av diplomater har kunnat leva på.
          """,
        ]),
      .init(
        "Vid stilleståndslinjen",
        [
          """
          Vapenstilleståndet den 27 juli 1953 skapade en kommission av fyra neutrala stater. \
          Sverige och Schweiz utsågs av den ena sidan, Polen och Tjeckoslovakien av den andra. \
          Uppgiften var att kontrollera att inga nya vapen fördes in på halvön, och den visade \
          sig snart vara omöjlig. Inspektionsgrupperna i hamnarna drogs in redan 1956. Därefter \
          återstod ett läger av baracker i Panmunjom och ett möte varje tisdag.
          """,
          """
          Mötena har hållits sedan dess, över tre tusen gånger. Efter det kalla krigets slut \
          skickade Nordkorea hem de polska och tjeckiska delegaterna, och i dag är det svenskar \
          och schweizare som ensamma undertecknar protokollen och lägger dem i den brevlåda som \
          nordsidan sedan 1995 inte har tömt. Det är lätt att le åt ritualen. Den har likväl en \
          funktion. Fem svenska officerare som granskar övningar, besöker gränsposteringar och \
          skriver ner vad de ser är en påminnelse om att stilleståndet är ett avtal och inte \
          bara ett tillstånd.
          """,
          """
          Uppdraget har förändrats med tiden. Sedan 2010 följer kommissionen utredningar av \
          incidenter, och när vaktposter revs inom ramen för avtalet i september 2018 ville båda \
          sidor att någon utomstående skulle kunna bekräfta det. Det som började som en omöjlig \
          kontroll har blivit en blygsam form av vittnesmål.
          """,
        ]),
      .init(
        "Ambassaden i Pyongyang",
        [
          """
          Sverige erkände Nordkorea i april 1973 och öppnade två år senare en ambassad i \
          Pyongyang, som första västland. Bakom beslutet låg näringslivets förhoppningar lika \
          mycket som politiken. Tusen personbilar av märket Volvo levererades och har, som \
          bekant, aldrig betalats. Fordran finns kvar i exportkreditnämndens böcker och räknas \
          om två gånger om året.
          """,
          """
          Handeln blev alltså liten. Betydelsen kom från annat håll. Sedan 1995 är Sverige \
          skyddsmakt för Förenta staterna i Nordkorea och bevakar dessutom intressen åt Kanada, \
          Australien och i vissa frågor andra länder. När en utländsk medborgare grips är det \
          den svenska ambassadören som begär att få träffa den gripne. Arbetet sker i tysthet, \
          tar lång tid och lyckas oftare än det syns. De som har deltagit brukar framhålla samma \
          sak: att man måste ha suttit i många tråkiga möten för att bli mottagen till ett \
          viktigt.
          """,
          """
          Närvaron har också gett kunskap. Under svälten på nittiotalet var det svenska \
          diplomater och biståndsarbetare som kunde resa i provinser dit få andra kom. \
          Livsmedel, vatten och hälsovård har sedan dess utgjort kärnan i ett litet men \
          uthålligt humanitärt program.
          """,
        ]),
      .init(
        "Mötesplats",
        [
          """
          Under de senaste åren har Stockholm blivit en plats där parterna kan ses. I januari \
          2019 samlades företrädare för Nordkorea, Sydkorea och Förenta staterna på en \
          konferensanläggning utanför staden under flera dagar, och i oktober samma år hölls en \
          ny omgång på Lidingö. Den slutade utan resultat. Att den alls ägde rum berodde på att \
          alla tre visste vad de kunde vänta sig: ett hus, en värd som inte föreslår något och \
          en kock som lagar två sorters mat.
          """,
          """
          Det vore fel att kalla detta medling. Ingen har bett Sverige att medla. Det är snarare \
          fråga om att hålla en dörr öppen, vilket är en mindre ärofull uppgift men en som är \
          svår att ersätta när den inte längre utförs.
          """,
        ]),
      .init(
        "Vad som bör bevaras",
        [
          """
          Tre saker har gjort den svenska rollen användbar. Den första är kontinuitet. \
          Regeringar av olika färg har hållit fast vid ambassaden, delegationen och biståndet, \
          även under år då ingenting tycktes hända. Den andra är diskretion. Den tredje är att \
          uppdragen har varit begränsade och skriftliga, så att ingen har behövt fråga sig vad \
          Sverige egentligen ville.
          """,
          """
          Förutsättningarna förändras. Pandemin har tömt de utländska beskickningarna i \
          Pyongyang, och det är ovisst när de kan bemannas igen. Inom Europeiska unionen \
          ifrågasätts värdet av dialog med en stat som fortsätter sina provsprängningar. En \
          yngre generation i Seoul känner varken till sjukhuset eller brevlådan. Vår \
          rekommendation är att regeringen fastställer en enkel princip: ingen av de tre \
          närvaroformerna ska avvecklas så länge den begärs av någon av parterna, och kostnaden \
          för dem ska betraktas som en premie. Den är låg, i jämförelse med vad det skulle kosta \
          att börja om.
          """,
        ]),
    ])

  static let laFranceDansLIndoPacifique = DemoManuscript(
    slug: "la-france-dans-l-indo-pacifique",
    title: "La France dans l’Indo-Pacifique : moyens et ambitions",
    authors: ["Claire Vasseur", "Étienne Morvan"],
    published: (2021, 10, 14),
    type: .policyPaper,
    series: "Notes de Skeppsbron",
    number: "15",
    topics: ["Indo-Pacifique", "France", "Sécurité"],
    language: "fr",
    licence: "CC-BY-4.0",
    abstract: [
      """
      Avec ses territoires, ses sept mille soldats et l’une des plus vastes zones économiques \
      exclusives du monde, la France se dit puissance de l’Indo-Pacifique. L’annulation du \
      contrat des sous-marins australiens, en septembre 2021, a rappelé brutalement que la \
      géographie ne suffit pas à faire une politique et que les partenariats les plus solennels \
      reposent sur des intérêts qui peuvent changer.
      """,
      """
      Cette note examine les moyens dont dispose réellement la France dans la région, les \
      confronte aux objectifs affichés depuis 2018 et propose de recentrer l’effort sur trois \
      domaines où elle apporte quelque chose que d’autres n’ont pas : la surveillance des \
      espaces maritimes, la sécurité environnementale et la formation.
      """,
    ],
    sections: [
      .init(
        "Une géographie singulière",
        [
          """
          Un million six cent mille citoyens français vivent entre Mayotte et la Polynésie. \
          Autour des îles qu’ils habitent, et de quelques-unes que personne n’habite, s’étend \
          plus de quatre-vingt-dix pour cent de la zone économique exclusive du pays. Aucun \
          autre État de l’Union européenne ne se trouve dans cette situation. Elle donne à Paris \
          un titre à parler des affaires de la région, et aussi des obligations : il faut \
          secourir, surveiller, protéger, ravitailler, sur des distances que l’on mesure mal \
          depuis une carte d’Europe.
          """,
          """
          Cette géographie est cependant dispersée. Entre La Réunion et Nouméa il y a plus de \
          dix mille kilomètres, et rien de français entre les deux. La présence permanente se \
          répartit en cinq commandements, dont chacun dispose de quelques frégates de \
          surveillance, de patrouilleurs, d’avions de transport et d’hélicoptères souvent plus \
          âgés que leurs équipages. Ces forces dites de souveraineté ont été réduites d’environ \
          un cinquième entre 2008 et 2015. Elles sont aujourd’hui en cours de renouvellement, \
          mais le format n’est pas appelé à croître.
          """,
          """
          Il s’y ajoute ce que la métropole envoie : un groupe aéronaval tous les deux ou trois \
          ans, un sous-marin d’attaque en 2020 et 2021, des avions de combat venus en moins de \
          quarante-huit heures jusqu’à Tahiti. Ces déploiements sont remarqués, ce qui est leur \
          premier objet. Ils ne remplacent pas la présence.
          """,
        ]),
      .init(
        "De l’ambition au contrat",
        [
          """
          La stratégie indo-pacifique a été annoncée en mai 2018 à Sydney, sur un bâtiment de la \
          marine australienne. Le lieu n’était pas choisi au hasard. Elle proposait un axe entre \
          Paris, New Delhi et Canberra, qui devait permettre aux trois pays de ne pas avoir à \
          choisir entre leurs protecteurs et leurs clients. Le contrat des douze sous-marins, \
          signé deux ans plus tôt, en constituait à la fois le symbole et le financement moral. \
          Cinquante ans de coopération devaient en découler.
          """,
          """
          On sait ce qu’il en advint. Le 15 septembre 2021 l’Australie a préféré une propulsion \
          nucléaire anglo-américaine. La réaction de Paris, le rappel de deux ambassadeurs, a \
          surpris par sa vivacité. Elle s’explique moins par la perte industrielle, qui est \
          réelle mais supportable, que par la découverte d’une erreur d’appréciation. La France \
          croyait avoir conclu une alliance. Son partenaire avait acheté un matériel, puis en \
          avait voulu un autre, parce que sa perception de la menace avait changé.
          """,
          """
          La leçon n’est pas que la stratégie était mauvaise. Elle est qu’une puissance moyenne \
          ne peut pas fonder sa place dans une région sur un seul contrat, ni attendre d’un \
          client qu’il partage toutes ses nuances. L’Inde, avec laquelle la relation est plus \
          ancienne et moins bavarde, en fournit la preuve inverse : elle achète des avions, \
          ouvre ses ports et ne promet rien.
          """,
        ]),
      .init(
        "Ce que la France apporte",
        [
          """
          Trois domaines se distinguent. Le premier est la connaissance des espaces maritimes. \
          La France entretient des officiers de liaison dans les centres de fusion de \
          l’information de Singapour, de New Delhi et de Madagascar ; elle dispose de satellites \
          d’observation et d’un droit incontestable à survoler ses propres eaux. Peu d’États \
          riverains peuvent en dire autant. Mettre ces données à leur disposition, de manière \
          régulière et sans contrepartie, vaudrait plus qu’une frégate de passage.
          """,
          """
          Le deuxième est la sécurité environnementale. La pêche illicite, l’érosion des côtes, \
          les cyclones et la perte des récifs sont les premières menaces que citent les \
          gouvernements insulaires, bien avant les rivalités navales. L’accord qui unit depuis \
          1992 la France, l’Australie et la Nouvelle-Zélande pour l’assistance après les \
          cyclones fonctionne ; il a été activé à de nombreuses reprises. Il a survécu à la \
          crise des essais nucléaires, il survivra à celle des sous-marins. Rien n’empêche de \
          l’étendre à d’autres membres, ni de le doter d’un dépôt permanent à Nouméa.
          """,
          """
          Le troisième est la formation. Les académies, les écoles de santé et les instituts \
          océanographiques des territoires accueillent déjà quelques dizaines de stagiaires des \
          pays voisins. Leur nombre pourrait être triplé pour le prix d’un hélicoptère. Les \
          liens ainsi créés durent plus longtemps que les équipements.
          """,
          .item(
            """
            La surveillance : des données partagées chaque semaine, et non à l’occasion d’un \
            exercice.
            """),
          .item(
            """
            L’environnement : un accord d’assistance élargi, avec des stocks sur place.
            """),
          .item(
            """
            La formation : mille places par an, ouvertes en anglais comme en français.
            """),
        ]),
      .init(
        "L’Europe et les territoires",
        [
          """
          L’Union européenne a publié sa propre stratégie le lendemain de l’annonce \
          australienne, ce qui en a effacé l’effet. Le texte est pourtant utile. Il parle de \
          normes, de câbles, de routes et de santé, sujets sur lesquels l’Union a des moyens que \
          Paris n’a pas. La présidence française du Conseil, au premier semestre de 2022, offre \
          l’occasion de lier les deux démarches, à condition de ne pas présenter comme \
          européenne une politique qui resterait nationale.
          """,
          """
          Il faut enfin parler des habitants. Les territoires ne sont pas des porte-avions. En \
          Nouvelle-Calédonie, un troisième référendum se prépare dans des conditions \
          contestées ; en Polynésie, la mémoire des essais demeure vive. Une politique de \
          puissance qui oublierait ceux au nom desquels elle s’exerce serait fragile à sa \
          racine. Associer les gouvernements locaux aux enceintes régionales, comme la France le \
          fait depuis 2016 au Forum des îles du Pacifique, n’est pas une concession. C’est ce \
          qui la distingue d’un visiteur.
          """,
        ]),
      .init(
        "Conclusion",
        [
          """
          L’ambition française dans l’Indo-Pacifique est légitime, et elle est plus grande que \
          les moyens. Il n’y a là rien d’inhabituel ni de honteux, pourvu que l’on choisisse. En \
          renonçant à être une puissance d’équilibre partout, la France peut devenir \
          indispensable dans quelques domaines : voir ce qui se passe en mer, secourir après la \
          tempête, former ceux qui resteront. C’est une ambition moins éclatante. Elle a \
          l’avantage de ne pas dépendre d’une signature.
          """
        ]),
    ])
}
