internal import Archive
internal import Typesetting

extension DemoArchive {
  static let arcticShippingAndTheNortheastAsianPorts = DemoManuscript(
    slug: "arctic-shipping-and-the-northeast-asian-ports",
    title: "Arctic Shipping and the Northeast Asian Ports",
    authors: ["Henrik Aasland", "Mori Ayako"],
    published: (2013, 8, 22),
    series: "Skeppsbron Reports",
    number: "17",
    topics: ["Trade", "Climate", "Russia", "Arctic"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      A voyage from Busan to Rotterdam by way of the Northern Sea Route is shorter by about a \
      third than one through the Suez Canal. As the summer ice withdraws, the saving has begun \
      to attract ships, and the ships have begun to attract strategies. This report looks at the \
      route from the quay: what cargo would use it, in which months, at what cost, and which \
      ports of Northeast Asia stand to gain.
      """,
      """
      It concludes that the Arctic will not become a second Suez within the life of any ship now \
      afloat. It will become something smaller and no less interesting, a seasonal road for the \
      products of the Arctic itself. For the ports of Korea, Japan and the Russian Far East this \
      means energy terminals, repair yards and services to ice-going ships rather than container \
      cranes.
      """,
    ],
    sections: [
      .init(
        "The arithmetic of distance",
        [
          """
          Maps that are centered on the pole have become popular in ministries. They show, \
          correctly, that Yokohama lies closer to Hamburg by the north than by the south, and \
          they suggest, less correctly, that distance is what shipping companies pay for. A \
          carrier pays for time, fuel, crew, insurance, canal dues and the use of a hull. It is \
          paid for keeping a schedule. Each of these has to be set against the others before a \
          shorter line on the map becomes a cheaper voyage.
          """,
          """
          Fuel is the strongest argument for the route. A ship that saves four thousand nautical \
          miles at moderate speed saves several hundred tonnes of oil, and the saving rises with \
          the price. Against it stand the fee for an escort by icebreaker, the higher premium \
          for a hull in cold and badly charted waters, and the capital cost of a ship that is \
          strengthened for ice and carries that weight, at the expense of cargo, for the ten \
          months of the year in which it trades elsewhere. When all of these are counted, a bulk \
          carrier comes out ahead in a good season and behind in a bad one. The difference is \
          small in either case, and those who load the ship do not know in March which kind of \
          season it will be.
          """,
          """
          For containers the balance is worse. A container ship calls at six or eight ports on \
          its way and fills and empties at each. There are no such ports between the Bering \
          Strait and Murmansk. It sails in a weekly service whose customers have arranged their \
          factories around it, and a route that is open for a few months, with a margin of \
          several days at both ends, is of little use to them. The largest ships, which have \
          brought down the cost of carrying a box by the southern route, draw too much water for \
          the straits of the New Siberian Islands.
          """,
        ]),
      .init(
        "What will be carried",
        [
          """
          The cargo of the route is to be found along the route. The Yamal peninsula holds gas \
          that can be liquefied and shipped westward in winter and eastward in summer. Nickel \
          and copper come down the Yenisei. Oil is produced in the Pechora Sea, and iron ore in \
          northern Norway has found buyers in China who will take it by whichever way is open. \
          All of these are bulk goods; they can wait a week, are loaded at one place and \
          discharged at another, and belong to owners who think in decades. If there is to be \
          regular traffic through the ice, it will begin with them.
          """,
          """
          The quantities are respectable without being revolutionary. In the season of 2012 some \
          forty-six ships made the whole passage and carried about one and a quarter million \
          tonnes, which passes through Suez in less than a day. If the projects that have been \
          financed are completed on time, the figure may grow tenfold or more in fifteen years. \
          That would fill a dozen berths. It would also justify the rescue stations, pilots, \
          charts and weather services which the route now lacks, and which are the real \
          condition of growth.
          """,
        ]),
      .init(
        "Ports on the Pacific side",
        [
          """
          Busan has announced its intention of becoming a hub for Arctic trade, and has \
          commissioned several studies that find it suitable. Its advantages are real: a deep \
          harbor that never freezes, shipyards nearby that build most of the world’s gas \
          carriers, and a free zone in which cargo can be held without formality. Its weakness \
          is that Arctic cargo bound for Korea, which is chiefly gas, will go straight to the \
          terminals of the west coast and not see Busan at all. What Busan can offer is \
          bunkering, crew change and repair, and that is a business worth having.
          """,
          """
          Hokkaido has a better claim than is generally recognized. Tomakomai is the first large \
          ice-free port that a ship meets after the Kurils, and lies two days closer to the \
          Bering Strait than Busan. It could serve as the place where ice-class ships hand over \
          their cargo to ordinary ones, so that the expensive hulls spend their time where they \
          are needed. Such a relay has been calculated for gas and looks promising if it is used \
          throughout the year. It requires an operator who is willing to keep a few large tanks \
          half empty.
          """,
          """
          The Russian ports of the Far East have the nearest position and the largest needs. \
          Petropavlovsk in Kamchatka is at the door of the route, has a magnificent bay, and \
          lacks a railway. Vladivostok has the railway and is occupied with coal, containers and \
          cars. A policy that concentrated on one of them, probably Petropavlovsk for transfer \
          and Vladivostok for repair, would have a fair chance of success. The present list, \
          which names eleven ports, has not.
          """,
        ]),
      .init(
        "Rules before ships",
        [
          """
          The waters are under several flags and several theories. Russia regards the straits as \
          internal; the United States does not; the states of Asia have taken no position and \
          would rather not be made to. In practice the question has been put to rest by the \
          permit system of the Northern Sea Route Administration, which since this year has \
          granted passage quickly, on published terms, to anyone who meets them. It is in the \
          interest of the Asian states that this practice should harden into custom, whatever \
          the theory.
          """,
          """
          The mandatory code for ships in polar waters that is being negotiated at the \
          International Maritime Organization is the more important matter. It will decide how \
          ships are built, how crews are trained and what may be discharged. Korea, Japan and \
          China build the ships and will supply many of the crews. They have sent small \
          delegations to the negotiation, with modest instructions. It would be well to send \
          larger ones. Whoever is present when the rules for a new trade are written has an \
          advantage that no port authority can buy later.
          """,
        ]),
      .init(
        "Conclusion",
        [
          """
          The Arctic route deserves attention for what it is. A seasonal bulk trade of some tens \
          of millions of tonnes, conducted by perhaps a hundred specialized ships, would be a \
          fine thing for those ports which prepare for it with care. It would not alter the \
          commerce of the world. Governments that plan for the second, and build accordingly, \
          may find that they have missed the first.
          """
        ]),
    ])

  static let theTumenDeltaAfterThirtyYearsOfPlans = DemoManuscript(
    slug: "the-tumen-delta-after-thirty-years-of-plans",
    title: "The Tumen Delta after Thirty Years of Plans",
    authors: ["Dmitri Arsenyev", "Lee Soo-mi"],
    published: (2019, 6, 20),
    type: .workingPaper,
    series: "Skeppsbron Working Papers",
    number: "22",
    topics: ["Russia", "Korea", "Trade", "China"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      Few places have been planned as often as the last thirty kilometers of the Tumen river, \
      where China, Russia and North Korea meet within sight of the sea. Since 1991 there have \
      been free zones, ring roads, bridges and master plans, and a program of the United Nations \
      that still exists. The traffic has remained modest. This paper looks at the plans in order \
      to learn something from their number.
      """,
      """
      It finds that projects failed where they tried to make the delta a center, and lasted \
      where they took it for what it is: a crossing. Three small undertakings that have survived \
      sanctions, floods and changes of government are described in detail, with figures \
      collected on the spot in the autumn of 2018.
      """,
    ],
    sections: [
      .init(
        "A place that looks good on paper",
        [
          """
          Seen from above the delta is persuasive. The northeast of China has a hundred million \
          people and no coast; here it comes within fifteen kilometers of one. Russia has ports \
          that could serve them. North Korea has another, closer still, and in need of custom. A \
          rectangle drawn around the three would contain grain, coal, timber, labor and a door \
          to the Sea of Japan. It is no wonder that engineers have drawn it so often.
          """,
          """
          The first great plan, in the early nineties, proposed a city for half a million on \
          ground leased by three states to an international corporation. It was estimated to \
          cost thirty billion dollars and would have taken twenty years. Critics said at the \
          time that nothing had been offered in it which the existing ports could not do with \
          some dredging, and they were right. By 1995 the corporation had become a commission, \
          the lease had become a framework, and the city a number of zones in which each state \
          did as it pleased.
          """,
          """
          What remained was an office and a habit of meeting. The Greater Tumen Initiative, as \
          it is called today, brings together China, Mongolia, Russia and South Korea; North \
          Korea left it in 2009, and Japan observes from a distance. Its officials are few, able \
          and patient. They have produced studies of customs procedure that deserve to be better \
          known, and they have no money.
          """,
        ]),
      .init(
        "Three things that work",
        [
          """
          The first is a bus. It runs from Hunchun to Vladivostok, by way of the crossing at \
          Kraskino, on most days of the year. When we took it in October 2018 the journey of \
          less than three hundred kilometers lasted nine hours, four of which were spent at the \
          border. The passengers were tourists from Jilin, traders with bags of clothing, and \
          students. The operator had begun with one vehicle in 1998. He attributes his success \
          to knowing the names of the officers on both sides, and to never having applied for a \
          subsidy.
          """,
          """
          The second is the railway from Khasan to Rajin, which was rebuilt for both gauges and \
          reopened in 2013. It was meant to carry containers from South Korea to Europe, and did \
          not carry one. It has carried coal. Under an exemption in the resolutions of the \
          Security Council, Russian coal may be shipped through Rajin to other countries, and in \
          good years a few hundred thousand tonnes have been. The line is maintained to a \
          standard that surprises visitors. Those who operate it describe it as an insurance \
          policy with a small income.
          """,
          """
          The third is crab. Live crab from Russian and North Korean waters is landed at \
          Zarubino and Rajin, sorted at Hunchun, and flown to restaurants in every large city of \
          China. Since sanctions were tightened in 2017 the northern part of this trade is \
          unlawful, and the crabs of Zarubino have multiplied in a manner that biologists would \
          find remarkable. The lawful part has gone on growing. It employs several thousand \
          people, has brought cold stores and a quarantine station, and was foreseen in none of \
          the plans.
          """,
        ]),
      .init(
        "What the three have in common",
        [
          """
          None of them required that three governments agree at the same time. Each rests on an \
          understanding between two, or on the tolerance of one. Each began small and was \
          allowed to fail. In each there is an operator who bears the loss and who may therefore \
          be relied upon to notice it early. It is the opposite of a master plan, in which \
          everything depends on everything else, and the loss belongs to no one.
          """,
          """
          They also have in common that they move things across the delta and do not try to keep \
          them there. The planners of the nineties wished to build a Rotterdam. The comparison \
          that suggests itself today is rather with an Alpine pass: a place with an inn, a \
          customs house and a man who clears the snow, which has no importance of its own and \
          without which a good deal would be more difficult.
          """,
          .item(
            """
            The border at Kraskino is open for nine hours a day; two more would raise its \
            capacity by a third, without any building.
            """),
          .item(
            """
            A single electronic form for the transit of containers has been tested twice and \
            found to work twice.
            """),
          .item(
            """
            The bridge that China has finished at Quanhe ends, on the other bank, in a road of \
            gravel.
            """),
        ]),
      .init(
        "Recommendations",
        [
          """
          We recommend to the members of the Initiative that they leave the master plan in its \
          drawer and adopt a list of ten improvements, none of which costs more than five \
          million dollars, to be chosen by the operators. Longer hours, more officers who speak \
          the other language, a public timetable of ferries and a common plate for buses would \
          come high on it.
          """,
          """
          We recommend to South Korea, which has the strongest interest in a route that leads \
          north, that it finance the list. The sum is less than the cost of the studies it has \
          commissioned since 2010. It would show what cooperation in this corner of the \
          continent is able to do before the larger questions are decided, and it would still be \
          useful if they are decided badly.
          """,
        ]),
    ])
}
