internal import Archive
internal import Typesetting

extension DemoArchive {
  static let underseaCablesOfTheNorthPacific = DemoManuscript(
    slug: "undersea-cables-of-the-north-pacific",
    title: "Undersea Cables of the North Pacific",
    subtitle: "Resilience without alarm",
    authors: ["Elin Forsgren", "Kim Hae-won"],
    published: (2024, 9, 18),
    type: .policyPaper,
    series: "Skeppsbron Policy Papers",
    number: "24",
    topics: ["Security", "Technology", "Asia-Pacific"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      Nearly everything that is said, paid or shown between Asia and America travels through \
      some twenty cables on the floor of the North Pacific. They are as thick as a garden hose, \
      they break more than a hundred times a year throughout the world, and hardly anybody \
      notices, since traffic is moved to another cable and a ship is sent. This ordinary \
      competence is the best protection they have.
      """,
      """
      The paper describes how cables fail, who repairs them, and where the system has become \
      brittle: at crowded landing places, in an aging fleet of repair ships, and in permits that \
      take longer than the repair. It recommends that governments strengthen what works before \
      they guard against what may never come.
      """,
    ],
    sections: [
      .init(
        "How cables fail",
        [
          """
          Two thirds of all faults are caused by fishing gear and anchors, mostly in water of \
          less than two hundred meters. A further tenth is due to currents, slides and \
          earthquakes. Parts wear out. Fish, which are often accused, have been acquitted by the \
          industry for some years. Deliberate damage is rare enough that each suspected case has \
          a name, and in most of them the inquiry has ended with a captain who did not know \
          where he was, or said so.
          """,
          """
          The distribution matters more than the average. In December 2006 an earthquake off the \
          south of Taiwan set off a slide that ran down a submarine canyon and broke nine \
          cables, one after another, within some hours. Traffic between Southeast Asia and the \
          rest of the world fell by more than half. It took eleven ships forty-nine days to mend \
          what had been broken in one night. Nothing of the kind has happened since, and the \
          canyon is used by more cables than before.
          """,
          """
          Islands are in a different position from continents. When the single cable of Tonga \
          was cut by the eruption of January 2022, the country was silent for five days and \
          depended on satellites for five weeks. In February 2023 both cables to the Matsu \
          islands were severed within a week by passing ships, and thirteen thousand people \
          shared a microwave link until the end of March. In neither case was there another \
          cable to which the traffic could have been moved. Resilience is a matter of numbers \
          and of distance between them.
          """,
        ]),
      .init(
        "Who repairs them",
        [
          """
          A cable ship is an unglamorous vessel with a large drum, a crew that knows how to join \
          glass under a microscope in a swell, and a library of spare lengths. There are about \
          sixty in the world, and fewer than a third of them stand by for repairs. The Pacific \
          is served by a handful, from Yokohama, Busan, Shanghai, Victoria and a few other \
          ports, under agreements in which the owners of cables pay a yearly sum according to \
          length and are served in turn. The arrangement for the Yokohama zone has existed in \
          some form since 1997. It is a cooperative, it includes Chinese, Japanese, Korean and \
          American companies, and it has gone on working through all that has passed between \
          their governments.
          """,
          """
          It is growing old. The average ship is past twenty-five years, and the yearly sums, \
          which are fixed by competition among those who pay them, do not allow for replacement. \
          Crews are aging as well. A jointer needs some three years to be trained, and earns \
          more on land. If two major faults coincided with a typhoon, the waiting time for the \
          third customer would at present be about two months. Owners know this. Each of them \
          considers the risk to be small and the remedy to be someone else’s.
          """,
          """
          The largest loss of time lies elsewhere. To work in the waters of another state a ship \
          requires a permit, and in some parts of the South China Sea it has lately taken more \
          than four months to obtain one for a repair of five days. The reasons given are \
          customs, cabotage and security. The effect has been that new cables avoid those \
          waters, at an extra length of a thousand kilometers, and that the states concerned \
          have become less well connected than they would wish.
          """,
        ]),
      .init(
        "The argument about ownership",
        [
          """
          A second subject has displaced these in public debate: who builds the cables, and who \
          may land them. Since 2020 the United States has refused licenses for cables that would \
          land in Hong Kong or that involve certain suppliers. China has in turn been slow with \
          permits. The result is a map in two colors. Cables that would have joined five or six \
          countries in one system now avoid one or another of them, and some of the routes \
          duplicate each other at a considerable price.
          """,
          """
          We express no opinion on whether the concern about listening is well founded. Those \
          who know will not say, and encryption has made it less important than it was. But it \
          should be recognized that the measures have a price in resilience. Two systems with \
          few connections between them are each weaker than the one which they replaced. If a \
          slide were to break the eastern cables tomorrow, it is not certain that the western \
          ones would be permitted to carry the traffic. Nobody has decided that they should not; \
          it has merely not been arranged.
          """,
        ]),
      .init(
        "What governments could do",
        [
          """
          The first thing is to leave in place what works, and in particular to exempt the \
          maintenance cooperatives explicitly from export controls and sanctions. Their lawyers \
          have begun to ask whether a spare part may be lent to a ship with an owner from the \
          wrong country. The answer should be given before the question becomes urgent.
          """,
          """
          The second is a permit within seventy-two hours for repairs, anywhere in the region, \
          on notice alone. The convention on the law of the sea supports it, several states \
          grant it already, and the states of ASEAN adopted guidelines in 2019 which say nearly \
          the same. A public list of how long each permit took would help more than a new text.
          """,
          """
          The third is ships. A levy of one cent on each gigabyte would be absurdly large. A \
          levy of one fiftieth of that, paid by landing stations into a common fund, would renew \
          the repair fleet of the Pacific in ten years. Governments might prefer to subsidize \
          ships of their own, and some have begun to do so. It would be second best, as a ship \
          that flies a flag needs a permit.
          """,
          """
          The fourth concerns landing places. Too many cables come ashore on the same beaches, \
          at Chikura, at Busan, at Toucheng, because the permits and the ducts are there. A new \
          beach costs time and trouble, which states are able to reduce. A rule of thumb would \
          be that no more than a quarter of a country’s capacity should pass through one stretch \
          of ten kilometers.
          """,
        ]),
      .init(
        "Conclusion",
        [
          """
          There is a good deal of talk about the vulnerability of cables, and some of it is \
          meant to sell something. The record is that of an industry which has kept the traffic \
          moving through earthquakes, typhoons and the carelessness of captains by means of \
          spare capacity and mutual help. Both are wearing thin. They can be restored at small \
          expense by measures that would be right whether or not anyone intends to do harm. It \
          is difficult to think of a better reason for adopting them.
          """
        ]),
    ])

  static let waterOnTheMekong = DemoManuscript(
    slug: "water-on-the-mekong",
    title: "Water on the Mekong",
    subtitle: "Proceedings of a workshop in Vientiane",
    authors: ["Nguyen Thi Lan", "Henrik Aasland"],
    published: (2011, 4, 7),
    type: .proceedings,
    series: "Skeppsbron Proceedings",
    number: "2",
    topics: ["Climate", "Energy", "Diplomacy"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      In November 2010 thirty-four engineers, officials, fishers and scholars from the six \
      countries of the Mekong met for three days in Vientiane to discuss what was then a \
      proposal and has since become a building site: the first dam on the main stream below \
      China. The organizers had asked them to speak of water and not of one another’s \
      governments. For the most part they did.
      """,
      """
      These proceedings record the discussion by theme and without attribution. They show a \
      larger measure of agreement on facts than the public debate suggests, and an honest \
      difference about who should bear a risk that cannot be calculated. A short list of \
      measures on which nobody present disagreed is given at the end.
      """,
    ],
    sections: [
      .init(
        "What is known about the river",
        [
          """
          The participants began with a morning on hydrology, as it was thought that agreement \
          would be easiest there. The river carries some 475 cubic kilometers of water to the \
          sea in an average year, four fifths of it between June and November. In those months \
          it swells to thirty times its lowest level, and pushes up the Tonle Sap so strongly \
          that this tributary runs backwards and fills the great lake of Cambodia. Fish by the \
          hundred million follow the flood to spawn. It is this pulse, rather than the amount of \
          water, which makes the river what it is.
          """,
          """
          Dams for hydropower do not consume water. They change its timing. The large reservoirs \
          that China has completed or is completing on the upper course will be able to hold \
          back about a twentieth of the annual flow and release it in the dry season. Engineers \
          from Yunnan presented figures according to which the level at Chiang Saen will be \
          raised by about a meter in March, which would help navigation and irrigation. \
          Colleagues from downstream did not dispute the figures. They remarked that a meter in \
          March is a flooded garden for those who plant on the river banks when the water falls, \
          and that there are several million of these.
          """,
          """
          Sediment was the subject on which most was learned. The Mekong used to bring some 160 \
          million tonnes of silt to its delta each year. Measurements at Pakse suggest that it \
          now brings about half. The difference lies behind dams, or has been sold as sand. A \
          delta that is not fed sinks, and in the view of the specialists present this is a \
          greater danger to Vietnam over fifty years than the rise of the sea.
          """,
        ]),
      .init(
        "Fish and electricity",
        [
          """
          The second day was difficult. The fishery of the lower Mekong yields something over \
          two million tonnes a year and is the largest inland fishery in the world. For the \
          poorest third of the population along the river it provides most of the protein. Of \
          the species that are caught, more than half migrate, some of them over a thousand \
          kilometers. A dam across the main stream would be an obstacle to all of these. Ladders \
          have been built for salmon, which are few in kind and strong. It was the unanimous \
          opinion of the biologists that no ladder is known which would pass three million fish \
          an hour, of two hundred species, in both directions.
          """,
          """
          Speakers from Laos described the other side. The country has few exports, a young \
          population and a great deal of falling water. The revenue from one large dam would be \
          equal to a tenth of the government’s budget. Its neighbors, who ask it to consider the \
          fish, developed their own rivers without asking anyone, and buy the electricity. If \
          the river is a common good, it was said, then so is the cost of leaving it alone, and \
          an offer to share this cost has not been received.
          """,
          """
          The silence that followed was, in the recollection of several participants, the most \
          useful moment of the meeting. A proposal was made by an economist from Thailand, half \
          in jest, that the importing countries should pay Laos a rent for the undammed river. \
          It was taken up in earnest in the evening. Rough calculations on a napkin came to \
          about 200 million dollars a year, or two per cent on the price of electricity in \
          Bangkok and Ho Chi Minh City. No one present was in a position to offer it.
          """,
        ]),
      .init(
        "The art of consultation",
        [
          """
          The agreement of 1995 obliges the four lower states to notify, to consult and to seek \
          consensus on projects on the main stream. It gives none of them a veto and none of \
          them the right to proceed without regard for the others. Lawyers in the room differed \
          on what remains when these two sentences are placed side by side. The procedure has a \
          duration of six months. It was felt to be too short for the studies that are needed, \
          and too long for those who have to pay interest on a loan.
          """,
          """
          There was broad support for a different sequence. At present a government decides upon \
          a project and consults about its effects. It would be better to consult on a stretch \
          of river, before there is a project, and to agree where the first, the second and the \
          third dam would do the least harm. Such a plan for tributaries exists in draft. It \
          shows that two thirds of the energy could be had for a fifth of the damage, if the \
          dams were put in other places than those for which companies have applied.
          """,
          """
          China and Myanmar are not parties to the agreement. Data on the level of the upper \
          river in the flood season have been provided by China since 2003, and during the \
          drought of 2010 for the dry season as well. It was noted with appreciation, and with \
          the remark that a figure which arrives each morning is a different thing from a figure \
          which arrives on request.
          """,
        ]),
      .init(
        "What nobody disagreed with",
        [
          """
          The last session drew up a list. A measure was struck from it if a single participant \
          objected. The following were left:
          """,
          .item(
            """
            Levels and releases at all large dams on the river and its tributaries should be \
            published daily, throughout the year.
            """),
          .item(
            """
            The mining of sand should be measured, and licensed by weight.
            """),
          .item(
            """
            No dam on the main stream should be begun before two full years of observation of \
            fish at the site.
            """),
          .item(
            """
            Any dam should have gates at the bottom that are able to flush silt, whatever they \
            cost.
            """),
          .item(
            """
            A fund for those who lose a livelihood should be filled before construction, and be \
            managed by persons whom they choose.
            """),
          .item(
            """
            Meetings like this one should be held each year, in another country each time, with \
            fishers in the room.
            """),
          """
          It is not a long list. Several of those who helped to write it observed that it is \
          longer than anything their ministers have agreed on. The organizers thank the \
          participants for their candor, and the city of Vientiane for its patience.
          """,
        ]),
    ])
}
