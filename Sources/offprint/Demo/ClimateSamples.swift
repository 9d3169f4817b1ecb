internal import Archive
internal import Typesetting

extension DemoArchive {
  static let riceRainAndReserves = DemoManuscript(
    slug: "rice-rain-and-reserves",
    title: "Rice, Rain and Reserves",
    subtitle: "Climate risk and food security in monsoon Asia",
    authors: ["Anjali Deshmukh", "Thomas Okafor"],
    published: (2023, 5, 30),
    series: "Skeppsbron Reports",
    number: "34",
    topics: ["Climate", "Food", "Trade", "Asia-Pacific"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      Rice is grown, eaten and worried about by more people than any other crop. Less than a \
      tenth of it crosses a border, which makes the world market thin and nervous: when one \
      exporter closes its ports, prices move everywhere, and other governments are tempted to do \
      the same. A climate in which rain comes later and harder will give them more occasions.
      """,
      """
      This report compares the ways in which eleven countries of monsoon Asia prepare for a bad \
      year. It finds that public reserves are larger than they need to be in some countries and \
      unusable in others, that regional cooperation has a good design and too little grain, and \
      that better information about stocks would do more for stability than any amount of rice.
      """,
    ],
    sections: [
      .init(
        "The thin market",
        [
          """
          In most years more than five hundred million tonnes of milled rice are harvested, and \
          some fifty million are traded. Wheat and maize are different; a quarter of the one and \
          a sixth of the other are sold abroad. The reason is historical. Governments in Asia \
          have treated rice as a matter of order ever since there were governments, have sought \
          to be sufficient in it, and have bought or sold abroad only what was left over or \
          lacking. The market is a place where surprises are exchanged.
          """,
          """
          The consequence was felt in 2008. There was no shortage of rice in that year; the \
          harvest was good. A rise in the price of wheat led India to restrict exports of rice, \
          so that people would have something cheap to turn to. Vietnam followed, and then \
          others. The Philippines, which was the largest buyer, bid for large quantities in a \
          hurry and in public. In four months the price tripled. It came down when Japan let it \
          be known that it might release rice which it held under an obligation to import and \
          did not eat. No grain was moved in the end. It was sufficient that it could be.
          """,
          """
          Those who took part drew opposite lessons. Some concluded that markets cannot be \
          trusted, and built larger stores. Others concluded that panic is the danger, and built \
          institutions to prevent it. Both are still at work, and they do not always help each \
          other.
          """,
        ]),
      .init(
        "What the climate will change",
        [
          """
          The monsoon is not going to fail. Most projections agree that the warmer air will \
          carry more water, and that over the year more rain will fall on South and Southeast \
          Asia. They agree as well that it will fall in fewer days. For a plant that is \
          transplanted at a certain time and must stand in water for the next ten weeks, a total \
          is of little interest. A dry fortnight after planting, or a flood at flowering, can \
          halve the yield of a district in a year that the statistics describe as normal.
          """,
          """
          Heat is the quieter danger. Rice flowers in the morning, and the pollen does not \
          survive above thirty-five degrees. Nights matter more than was thought: for each \
          degree by which the coolest hour is warmer, yields at the experimental station in Los \
          Baños have fallen by about a tenth. Salt is the third. In the deltas of the Mekong, \
          the Irrawaddy and the Ganges the sea comes farther up the channels in each dry season, \
          and the fields nearest to it are being turned into ponds for shrimp, whose owners are \
          content.
          """,
          """
          None of these amounts to a famine. Together they mean that the variation around the \
          trend will increase, that several exporters may have a bad year together, and that \
          this will happen more often than the reserves of any one of them have been designed \
          for.
          """,
        ]),
      .init(
        "Three kinds of reserve",
        [
          """
          We have visited stores in eleven countries. They may be divided into three kinds, by \
          what they are really for.
          """,
          """
          The first kind supports farmers. India and Thailand have bought rice at a fixed price \
          in quantities that follow from the price, and have stored what they had to buy. Such \
          reserves are large when harvests are good and small when they are not. They are an \
          expensive way of being unprepared, though farmers have reason to be grateful for them.
          """,
          """
          The second kind supports towns. Indonesia and the Philippines hold rice in order to \
          sell it when prices rise. The difficulty is that an official who sells early may be \
          blamed for running out, and an official who sells late will not be blamed for prices. \
          In eight of the eleven episodes that we examined the release came after the peak. In \
          two it came so late that it depressed the price of the next harvest.
          """,
          """
          The third kind is held for emergencies, and is touched only after storms and \
          earthquakes. It is small, it is rotated regularly, and it works. Japan, South Korea \
          and China have the best of these. What they hold for themselves they hold well, and \
          the figures of two of the three are public.
          """,
          .item(
            """
            Reserves that follow a rule are released in time; reserves that follow a decision \
            are not.
            """),
          .item(
            """
            The cost of keeping a tonne of rice for a year is about a fifth of its value, and \
            more where it is warm.
            """),
          .item(
            """
            Everyone overestimates the stocks of others and conceals his own.
            """),
        ]),
      .init(
        "Cooperation with too little grain",
        [
          """
          The emergency reserve of ASEAN and its three northern partners has existed in its \
          present form since 2012. Its design is sound. Members earmark a part of their own \
          stocks, which may be bought by a member in distress at a price agreed beforehand, and \
          hold a small amount in cash and kind for gifts. The earmarked quantity is 787,000 \
          tonnes. It sounds considerable and would feed the region for less than two days.
          """,
          """
          In practice the gifts have been used, some thirty times, and the earmarked stocks \
          hardly ever. To buy from them requires negotiations that take longer than buying on \
          the market. It has been proposed to raise the quantity fivefold. We think that it \
          would be more useful to make the present quantity quick: to agree on a contract in \
          advance, to place part of it in ports and to allow the secretariat to release the \
          first ten thousand tonnes on its own authority.
          """,
          """
          The other instrument is information. The Agricultural Market Information System was \
          founded after the last crisis by the group of twenty and covers rice, but its figures \
          for stocks in Asia are estimates with a margin wider than the entire trade. If \
          governments reported monthly what is in their own warehouses, which they know, the \
          occasions for panic would be much reduced. Objections are made on grounds of security. \
          We have not been able to find anyone who could say what an enemy would do with the \
          number.
          """,
        ]),
      .init(
        "Recommendations",
        [
          """
          First, each government should adopt a rule for the release of its reserve, tied to a \
          price that is published, and should publish its stock on the same day of each month. \
          Second, the regional reserve should be made fast before it is made large. Third, \
          exporters should undertake to give thirty days of notice before they restrict, and to \
          exempt purchases for humanitarian use; the second half of this was agreed in Geneva in \
          2022 and should be observed.
          """,
          """
          Fourth, research on heat during flowering deserves far more money than it receives. A \
          variety that opens its flowers an hour earlier has been bred and is being tested. If \
          it succeeds, it will do more for the food of Asia than any of the stores that we \
          visited, and it can be carried in a suitcase.
          """,
        ]),
    ])

  static let winterGas = DemoManuscript(
    slug: "winter-gas",
    title: "Winter Gas",
    subtitle: "Korea, Japan and the price of security",
    authors: ["Park Ji-hoon", "Mori Ayako"],
    published: (2022, 11, 3),
    type: .policyPaper,
    series: "Skeppsbron Policy Papers",
    number: "19",
    topics: ["Energy", "Korea", "Japan", "Trade"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      In the winter of 2021 a cargo of liquefied gas on its way to Asia turned around in the \
      Indian Ocean and sailed to Europe, where it fetched more. It was followed by others. For \
      two countries that have no pipelines, hardly any storage under ground and no gas of their \
      own, the event was a lesson in what they had been paying for during fifty years of long \
      contracts.
      """,
      """
      This paper asks what security of supply should mean for Korea and Japan in a market that \
      has become global. It argues that each holds half of what the other lacks, and that a \
      modest agreement on sharing cargoes, tanks and information would protect both against a \
      cold month at a cost that would hardly be noticed on a bill.
      """,
    ],
    sections: [
      .init(
        "Two islands",
        [
          """
          Japan is an island and South Korea, for the purposes of energy, might as well be. Each \
          imports nearly all of its gas by ship. Each keeps it in steel tanks at the quay, \
          cooled to minus 162 degrees, from which a little evaporates each day and has to be \
          used. The tanks hold what the country needs for about three weeks in winter, at most \
          four. In Germany or Italy the corresponding figure, with the gas stored in old fields \
          and caverns, has been three months.
          """,
          """
          What the two countries have had instead of storage is contracts. A utility that signs \
          for twenty years helps to finance the field, the plant and the ships, and in return is \
          served first. The price was tied to that of oil, for want of a better idea, and the \
          buyer was forbidden to sell the cargo to anyone else. It was an expensive sort of \
          insurance, and for half a century the premiums were paid without complaint, because \
          the customers had nowhere to go and the regulators allowed the cost to be passed on.
          """,
          """
          Over the last decade this has loosened. The United States began to export gas without \
          restrictions as to where it goes. Traders appeared. About two fifths of all cargoes \
          are now sold for the coming weeks or months. In mild years such cargoes were cheaper \
          than those under contract, and buyers in Asia allowed old contracts to end without \
          replacing them. The Japanese call this flexibility. It is an excellent thing as long \
          as others have less need of it.
          """,
        ]),
      .init(
        "What happened",
        [
          """
          The sequence is known and may be told briefly. In January 2021 a cold spell in \
          Northeast Asia coincided with repairs at several plants and a queue at the Panama \
          canal; the spot price rose in three weeks from six dollars to more than thirty. \
          Japanese power companies, which had let their tanks run low, burned oil and asked for \
          thrift. A year later Europe, in need of replacing what it no longer received by \
          pipeline, became the buyer of last resort for every free cargo on the globe. The price \
          in Asia had to follow, and in August 2022 stood at ten times the average of the \
          decade.
          """,
          """
          Korea and Japan came through without interruption. They restarted nuclear reactors and \
          burned coal, and they paid. The bill for imported gas in the two countries together \
          was larger in 2022 than in 2020 by a sum that would have built storage for a year. \
          Poorer importers did not come through. Pakistan and Bangladesh, whose suppliers found \
          it profitable to default and pay the penalty, had to switch off whole cities. It \
          should be kept in mind in Seoul and Tokyo that their security was in part purchased \
          there.
          """,
        ]),
      .init(
        "Halves that fit",
        [
          """
          The peaks of demand in the two countries do not coincide. Japan uses gas chiefly for \
          electricity and has a second peak in August, when it is hot. Korea heats its homes \
          with it, and has one peak, in January, which is twice as high as the summer. Cold air \
          reaches Seoul on average two days before it reaches Tokyo. The tanks on the Korean \
          side of the strait are larger and newer; those on the Japanese side are more numerous \
          and closer to each other. The voyage from Tongyeong to Kitakyushu takes fourteen \
          hours.
          """,
          """
          An arrangement between the two would therefore be of use in several ways. In a cold \
          week a cargo bound for one could be unloaded by the other and returned in kind within \
          sixty days. Tanks could be leased across the strait in the season in which they are \
          idle. Maintenance could be planned so that no more than one large terminal is shut at \
          a time. Companies have made such arrangements in private: there have been at least \
          nineteen swaps between Korean and Japanese buyers since 2015, each negotiated from the \
          beginning.
          """,
          """
          The obstacle is seldom the gas. Ministries on both sides are cautious about agreements \
          with each other for reasons that belong to another chapter of history. It is \
          fortunate, then, that little is required of them. A framework contract between the \
          companies, of the kind that is customary among electricity grids in Europe, would be \
          sufficient, if the competition authorities of both countries declare that they do not \
          object. The ministries need only be informed.
          """,
        ]),
      .init(
        "What it would cost",
        [
          """
          A strategic reserve that is owned by the state and kept full would cost, for thirty \
          days of winter demand in both countries, about nine billion dollars to build and a \
          tenth of that each year to hold. It would be full of something that evaporates. We do \
          not recommend it. The sharing of existing tanks would cost the salaries of a \
          coordinating office and a small number of ships kept on hire through the winter. We \
          estimate this at 140 million dollars a year, or less than the price of two cargoes in \
          August.
          """,
          """
          Against this stands the benefit in a bad month. If the arrangement had been in force \
          in January 2021, it would have reduced purchases at the peak by six or seven cargoes. \
          At the prices of that month the saving would have paid for the office for several \
          years. The more important benefit can not be expressed in cargoes. A buyer who is \
          known to have a friend with a full tank is asked for a lower price.
          """,
        ]),
      .init(
        "Recommendations",
        [
          .item(
            """
            The companies should sign a framework for swaps, with a standard price for delay and \
            a limit of sixty days.
            """),
          .item(
            """
            The two competition authorities should issue a joint letter that the framework is \
            unobjectionable.
            """),
          .item(
            """
            Terminal operators should publish the level of their tanks daily, as European \
            operators do.
            """),
          .item(
            """
            New contracts for ten years or more should again cover two thirds of winter demand, \
            with the right to resell.
            """),
          .item(
            """
            A share of what is saved should be set aside for swaps with poorer importers in \
            South Asia.
            """),
          """
          The last of these may seem out of place. It is offered as insurance as well. The \
          market of 2022 taught suppliers that a contract with a poor country may be broken at \
          small cost. It would be imprudent to suppose that the lesson will be applied to poor \
          countries only.
          """,
        ]),
    ])
}
