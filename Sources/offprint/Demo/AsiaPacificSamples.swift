internal import Typesetting

extension DemoArchive {
  static let asiaPacificBalance = DemoManuscript(
    slug: "asia-pacific-balance",
    title: "The Asia-Pacific Balance",
    subtitle: "Power, trade and restraint in a crowded region",
    authors: ["Ingrid Sandahl", "Park Ji-hoon", "Thomas Okafor"],
    published: (2026, 3, 12),
    series: "Skeppsbron Reports",
    number: "41",
    topics: ["Asia-Pacific", "Security", "Trade"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      For two generations the Asia-Pacific has grown rich under an order that no single treaty \
      describes. American alliances kept the sea lanes open, Chinese factories filled the ships, \
      and the states in between took care not to be asked which of the two they needed more. \
      That order has not collapsed, but its terms are being revised from several sides at once, \
      and few of those who revise them have a clear picture of what should come in its place.
      """,
      """
      This report examines the balance of the region in three dimensions: military power at sea, \
      dependence in trade and technology, and the institutions in which states meet. It finds \
      that the military balance is becoming less forgiving of accidents, that economic \
      dependence has become more mutual than the language of decoupling suggests, and that the \
      institutions are better than their reputation in small matters and absent in great ones.
      """,
      """
      The authors recommend a policy of deliberate restraint, built from measures that are \
      verifiable, reversible and useful even if the larger rivalry continues: rules for \
      encounters at sea and in the air, early notice of export restrictions, and a standing \
      office for crisis communication to which small states have access. None of these would end \
      the contest. Together they would make it one that the region can live with.
      """,
    ],
    sections: [
      .init(
        "A region without a center",
        [
          """
          Most regions of the world have a shape that can be drawn. Europe has its union and its \
          alliance, with borders that are known and rules for crossing them. The Asia-Pacific \
          has no such outline. It is a set of coasts that face one another over a great deal of \
          water, and what holds it together is movement: of ore and grain, of phones and parts \
          of phones, of students, tourists and savings. Where movement is the bond, the first \
          public good is that it not be interrupted.
          """,
          """
          For a long time this good was supplied from outside. The navy of the United States was \
          larger than those of all possible challengers, its bases lay where the straits are \
          narrow, and its purpose, whatever else it may have been, included the free passage of \
          everybody’s cargo. Governments that disagreed with Washington on nearly everything \
          accepted this service, and some of them built their development upon it. The \
          arrangement had the advantage of being cheap for those who benefited and the \
          disadvantage that it could not be discussed. A good that is supplied without a \
          contract can be withdrawn without a breach.
          """,
          """
          The change that is now under way is often described as a transfer of power from one \
          state to another. That is too simple. The share of the United States in the output of \
          the region has fallen less than is commonly supposed; what has changed is that a \
          second state has acquired the means to refuse. China need not be able to command the \
          western Pacific in order to alter its politics. It is sufficient that others can no \
          longer be sure of doing so.
          """,
          """
          Nor are there only two players. India has built a navy that looks east as well as \
          west. Japan has amended, by interpretation, most of what once limited its forces. \
          South Korea exports arms on a scale that would have seemed fanciful in the year 2000. \
          Indonesia, Vietnam and the Philippines have each discovered that a coast guard is a \
          foreign policy. A balance with so many weights is not easily upset by any one of them, \
          but neither can any one of them set it right.
          """,
        ]),
      .init(
        "The balance at sea",
        [
          """
          The sea is where the balance can be seen, and where it can fail. Between the Kuril \
          Islands and the Strait of Malacca there are now more warships, patrol vessels and \
          armed aircraft than at any time since 1945, and they meet more often. Most encounters \
          are correct. Crews exchange signals, hold their distance and go home. But the number \
          of meetings in which one side intends to make the other uncomfortable has grown, and \
          discomfort at close quarters is a risky instrument.
          """,
          """
          Three developments deserve particular attention. The first is the range and number of \
          missiles on land. A ship that is worth a great deal and can be found by satellites is \
          no longer safe merely because it is far from shore. Commanders on all sides respond by \
          spreading their forces, by moving earlier and by delegating decisions, each of which \
          is reasonable by itself. Together they shorten the time in which a political leader \
          could still say no.
          """,
          """
          The second is the growth of the white hulls, as coast guards and maritime militia are \
          called after the color of some of their ships. They have the advantage that their use \
          is not an act of war and the drawback that nobody is certain what it is. When a \
          fishing vessel is rammed, the law offers a claim for damages and a question about \
          intention. States have found it convenient to leave that question open. The longer it \
          stays open, the more the answer will depend on who happens to be angry.
          """,
          """
          The third is the arrival of machines that keep watch without sleeping: gliders under \
          water, balloons above the weather, small aircraft that cost less than the missile that \
          would bring them down. They make it harder to surprise anyone, which is stabilizing. \
          They also make it tempting to remove the eyes of an opponent at the beginning of a \
          crisis, when nothing else has happened yet and no one would die. A region that has no \
          common view of what such an act would mean may learn it under the worst conditions.
          """,
          """
          None of this makes a war likely. The governments concerned have much to lose, have \
          shown in many incidents that they know it, and have a better record of stepping back \
          than their public statements suggest. The point is a different one. A balance that \
          depends on everyone stepping back in time should allow them time to do so, and the \
          technical trend is to take it away.
          """,
        ]),
      .init(
        "Dependence in both directions",
        [
          """
          In the years of confidence, trade was said to make war unthinkable; in the years of \
          anxiety that followed, to make its opposite unthinkable, a life without leverage. Both \
          claims treat dependence as a single quantity. It is better understood as a set of \
          particular ties, each with its own cost of cutting, and the costs do not fall on one \
          side alone.
          """,
          """
          Consider three of them. Advanced semiconductors are made in a few places with machines \
          from a few more, and the customers cannot do without them for long. Refined rare \
          earths and the magnets that are formed from them come for the greater part from one \
          country, and a motor without magnets is a heavy box. Food and fertilizer cross the \
          region in bulk, at low prices, in a trade that nobody has described as strategic until \
          a harvest fails. In each case there is a supplier with the power to interrupt. In each \
          case the interruption would be followed by a search for substitutes that, once found, \
          would not be given up. A supplier who uses the power loses it.
          """,
          """
          This is the logic of restraint in economic affairs, and it is stronger than it appears \
          in the news. Controls on exports have been announced frequently since 2018; those that \
          were fully applied, kept in force and not followed by licenses, exemptions or quiet \
          imports through third countries are few. Firms have learned to hold larger stocks, to \
          qualify second sources and to design around what they might be denied. These insurance \
          costs are real, and they are the true price of the rivalry so far. They have been \
          borne, for the most part, by consumers who were never told.
          """,
          """
          The states in between have done best where they made themselves useful to both sides. \
          Vietnam assembles, Malaysia tests and packages, Indonesia insists that ore be smelted \
          at home. It would be wrong to call this neutrality. Each has made commitments in one \
          direction or the other that limit what it may do. It is rather a policy of being \
          difficult to replace, which is open only to those who can organize themselves for it. \
          The smaller and poorer states of the Pacific cannot, and the competition for their \
          favor, in harbors and cables and police cars, has brought them attention without \
          choice.
          """,
          .item(
            """
            Dependence is specific: it should be measured by good and by firm, not by country.
            """),
          .item(
            """
            Dependence is mutual more often than not, and the weaker side is not always the one \
            that sells.
            """),
          .item(
            """
            Dependence changes with use: the second interruption never works as well as the \
            first.
            """),
        ]),
      .init(
        "Institutions, small and large",
        [
          """
          It is customary to be rude about the institutions of the Asia-Pacific. They meet \
          often, decide by consensus and publish statements that could have been written before \
          the journey. The criticism is fair if one expects of them what only great powers can \
          provide. It is unfair to what they do. Cooperation in shipping safety, in warnings of \
          tsunami and disease, in customs documents and in swap lines between central banks has \
          become deep without becoming famous. Officials at the working level know each other \
          and answer each other’s messages. When a ferry sinks or a currency falls, this is \
          worth a good deal.
          """,
          """
          What the region lacks is a place where the largest questions can be put before they \
          are urgent. The East Asia Summit has the right members and one day a year. The \
          Shangri-La Dialogue has the right audience and no mandate. The Security Council has a \
          mandate and two vetoes with an interest in the matter. Bilateral channels between \
          Washington and Beijing exist, and are suspended when they would be needed, as each \
          side uses their suspension to express displeasure. It is hard to think of a practice \
          that harms its authors more.
          """,
          """
          A proposal for a grand conference is not made here. Conferences of that kind succeed \
          at the end of wars, when positions are known. It is more useful to ask which \
          institutions work when relations are bad. The experience of the Cold War in Europe \
          suggests three qualities. They dealt with objects that can be counted or seen. They \
          had a permanent address, so that no one had to decide to convene them. And they \
          included small states, which have an interest in procedure that great powers lack, and \
          which can offer a meeting room without loss of face to anyone.
          """,
        ]),
      .init(
        "A policy of restraint",
        [
          """
          Restraint is sometimes heard as a polite word for retreat. It is used here in the \
          engineer’s sense: as what holds a structure together under loads that come from \
          different sides. A state that restrains itself in ways that others can observe gains \
          the right to be believed when it says that it will not do so elsewhere. Four measures \
          seem both possible and worthwhile.
          """,
          """
          The first is to extend the existing code for unplanned encounters at sea to coast \
          guards and to aircraft, with a simple obligation to report. The text of such an \
          extension has been drafted several times by experts of the countries concerned, and \
          differs in the drafts by a few sentences. What is missing is an occasion, and the \
          anniversary of the original code would be one.
          """,
          """
          The second is early notice in economic measures. A government that intends to restrict \
          the export of a listed good would say so some weeks before to those whose industries \
          depend on it, without an obligation to explain or to change its mind. The precedent is \
          the notification of technical barriers to trade, which has worked for thirty years and \
          which scarcely anybody outside the profession has heard of. Notice does not prevent \
          restriction. It prevents panic, hoarding and the belief that more is to follow.
          """,
          """
          The third is a standing office for communication in crises, with duty officers from \
          each participating state in one building, at all hours, who speak each other’s \
          languages and are not empowered to negotiate. Singapore or Jakarta would be natural \
          hosts. The cost is that of a small embassy. Its usefulness would rest on the fact that \
          it is always open, so that to use it would not be a signal.
          """,
          """
          The fourth concerns the machines described above. States that operate unmanned systems \
          in international waters would mark them, register them with the office just named, and \
          agree that interference with a marked system is a matter for compensation. It is a \
          modest rule, borrowed from the law of salvage. It would keep a great many small events \
          small.
          """,
        ]),
      .init(
        "Conclusion",
        [
          """
          The Asia-Pacific does not stand between war and peace. It stands between a rivalry \
          that is conducted with care and one that is not. The difference will be made by habits \
          that can be formed now, at low cost and without settling who is right about islands, \
          islets and the past. Those who find such measures trivial should consider how many of \
          the conflicts in the history of the region began with something trivial for which \
          there was no procedure.
          """,
          """
          The balance will go on shifting. Populations are aging in the north and growing in the \
          south; the climate will move fish, rain and perhaps people; technologies will arrive \
          that no one has planned for. A region that has learned to manage ships at close \
          quarters will not thereby have learned to manage all of that. It will, however, have \
          officials who have done one difficult thing together and can be asked to do another. \
          In an order without a center, this is what order is made of.
          """,
        ]),
    ])
}
