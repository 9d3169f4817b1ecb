internal import Archive
internal import Typesetting

extension DemoArchive {
  static let sixPartiesOneTable = DemoManuscript(
    slug: "six-parties-one-table",
    title: "Six Parties, One Table",
    subtitle: "Lessons of multilateral talks on the Korean peninsula",
    authors: ["Karin Holmqvist", "Dmitri Arsenyev"],
    published: (2008, 12, 15),
    type: .workingPaper,
    series: "Skeppsbron Working Papers",
    number: "3",
    topics: ["Korea", "Security", "Diplomacy"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      For five years delegations from six states have met, quarrelled, adjourned and met again \
      over the nuclear program of North Korea. The talks have been declared dead more often than \
      any other process in recent diplomacy, and each time they have been resumed by people who \
      had said they would not. This paper asks what such persistence can teach.
      """,
      """
      It describes the method that the delegations developed in practice: action for action, a \
      chair who drafts, working groups that outlive the quarrels of the plenary. It then \
      considers where the method failed, above all in verification, and closes with five lessons \
      for those who will sit at the same table next.
      """,
    ],
    sections: [
      .init(
        "A room and its furniture",
        [
          """
          The table in Beijing has six sides. It was built for the purpose, so that no \
          delegation would sit at the head of it, and it is the most tangible result of the \
          first round. Diplomats like to tell the story against themselves. It contains a point, \
          however, which is easily missed: before anything could be agreed between the parties, \
          they had to agree who the parties were. That question had been open for a decade. Once \
          it was settled, it was settled for good, and even those who left the room in anger \
          knew to which chair they would come back.
          """,
          """
          The choice of six was a compromise. Two would have suited Pyongyang, which wished to \
          deal with Washington alone. Four had been tried in the nineties and found wanting, as \
          it left out both a neighbor with money and a neighbor with a grievance. Six brought in \
          Japan and Russia, and with them concerns that had little to do with plutonium. The \
          cost was complication. The benefit was that no state with the power to spoil an \
          agreement could say that it had not been asked.
          """,
        ]),
      .init(
        "How the work was done",
        [
          """
          The plenary sessions were formal, and most of what was said in them had been said \
          before. The work was done elsewhere: in the corridors, in two or three languages at \
          once, and above all in the drafting which the Chinese chair took upon itself. A chair \
          who drafts has influence that a chair who merely presides does not. Texts were \
          circulated late in the day with the remark that they were final, were rejected, and \
          came back the next morning with one sentence changed. It was a tiring procedure and a \
          surprisingly effective one.
          """,
          """
          The joint statement of September 2005 is its best product. It runs to little more than \
          a page and names everything that matters: the abandonment of weapons and programs, \
          normal relations, energy, a peace regime to be negotiated in a separate forum. What it \
          leaves out is the order in which these things are to happen. The phrase “commitment \
          for commitment, action for action” was meant to fill the gap. It did so in the way \
          that a bridge of boats fills a gap, well enough in calm weather.
          """,
          """
          Five working groups were formed in February 2007. They were thought at first to be a \
          device for sending difficult matters away. In fact they became the part of the process \
          that was hardest to stop. The group on energy assistance met when the heads of \
          delegation would not; its members were engineers and officials of the second rank, who \
          had a schedule of deliveries and a habit of keeping it. Several of them have said in \
          conversations for this paper that they learned more about North Korea from arguing \
          over the sulfur content of heavy fuel oil than from all the speeches.
          """,
        ]),
      .init(
        "Where it failed",
        [
          """
          Verification was the point on which the method broke. To disable a reactor is an \
          event, and can be photographed. To verify a declaration is a relationship, and cannot. \
          The parties came to it late, without an agreed text, and with opposite ideas of what \
          had been promised. It would be easy to blame one side. The deeper difficulty is that \
          action for action rewards the sale of one thing at a time, and that a verified \
          declaration is not one thing. It is the end of a market.
          """,
          """
          A second weakness was money. Energy assistance depended on contributions that each \
          party decided for itself, and one of them had a reason at home not to contribute. \
          Deliveries were late and incomplete as a result, which gave Pyongyang an excuse, and \
          excuses in this matter are never left unused. A common fund with a common account \
          would have been better. It was suggested in 2007 by two delegations and set aside, as \
          nobody wished to be the one who asked a parliament for it.
          """,
          """
          Finally, the talks had no memory of their own. There was no secretariat, no archive, \
          no record other than the notes of six delegations, which do not agree. Each new \
          negotiator began by asking what had been understood by words that his predecessor had \
          signed. In a process whose material is the precise meaning of words, this is a curious \
          economy.
          """,
        ]),
      .init(
        "Five lessons",
        [
          .item(
            """
            Membership should be settled early and not reopened. Even a bad table is better than \
            a quarrel about tables.
            """),
          .item(
            """
            Working groups should be formed at the beginning. They are the first thing that \
            functions and the last that stops.
            """),
          .item(
            """
            Verification belongs in the first agreement, however modest in scope, so that the \
            practice of looking is established before there is much to see.
            """),
          .item(
            """
            Assistance should be financed from a common account with rules of its own.
            """),
          .item(
            """
            A small permanent secretariat, in a place that is convenient to all, would cost less \
            than one adjourned round.
            """),
          """
          None of these lessons depends on optimism about the intentions of the North Korean \
          government. They concern the competence of the other five, which is more easily \
          improved. The talks may not resume in the form in which they have been known. When \
          something like them begins again, those who take part will find that most of the \
          furniture is still in the room, and it would be a pity not to use it.
          """,
        ]),
    ])

  static let fishingFleetsAndGreyZones = DemoManuscript(
    slug: "fishing-fleets-and-grey-zones",
    title: "Fishing Fleets and Grey Zones",
    subtitle: "Law enforcement in the East China Sea",
    authors: ["Elin Forsgren"],
    published: (2016, 10, 11),
    type: .brief,
    series: "Skeppsbron Briefs",
    number: "28",
    topics: ["Security", "Fisheries", "Asia-Pacific"],
    licence: "CC-BY-4.0",
    abstract: [
      """
      The fish of the East China Sea are caught by three nations under agreements that were \
      drawn up before the quarrel over islands became the first business of their coast guards. \
      The agreements still work, in part, and officials on all sides use them more than they \
      admit. This brief argues that they are the best available instrument for keeping incidents \
      small.
      """,
      """
      It proposes three steps: that the provisional zones be patrolled by mixed teams of \
      inspectors, that the identity of fishing boats be made visible by transponders which \
      cannot be switched off, and that disputes over nets and collisions be paid for from an \
      insurance fund before they are argued about.
      """,
    ],
    sections: [
      .init(
        "Two maps of one sea",
        [
          """
          There are two maps of the East China Sea. On the first, which is drawn by navies, \
          lines begin at islands and run out to meet other lines, and nearly all of them \
          conflict. On the second, which is drawn by fisheries officials, there are boxes: a \
          zone of common use, a zone of transition, a zone in which each state licenses its own \
          boats and counts the catch. The second map is the older in spirit. It comes from a \
          time when the governments agreed to put the question of sovereignty aside in order to \
          feed people, and it has never been withdrawn.
          """,
          """
          The agreement between Japan and China of 1997, that between Japan and South Korea of \
          1998, and that between South Korea and China of 2000 do not fit together perfectly. \
          Where their zones overlap, a boat may be lawful under one and not under another. Yet \
          the joint committees that they set up have met each year, have fixed quotas, and have \
          exchanged lists of licensed vessels. In the worst years of the last decade they were \
          often the only meetings that took place at all.
          """,
          """
          The fish, meanwhile, have become fewer. The large yellow croaker, for which the sea \
          was once famous, is now mostly raised in cages; hairtail are caught before they have \
          spawned. Fleets that were built for plenty have not been reduced in proportion, as \
          each government finds it easier to subsidize fuel than to buy up boats. So the boats \
          go farther, stay longer and fish at night, and meet the patrol vessels of other states \
          under conditions that are good for nobody.
          """,
        ]),
      .init(
        "What a patrol can and cannot do",
        [
          """
          An officer who boards a foreign trawler in a short sea, in February, does something \
          dangerous. He has the law on his side, perhaps, and four colleagues. The crew have \
          poles, families and debts. Deaths have occurred on both sides, in the Yellow Sea more \
          often than in the East China Sea, and each has been followed by an announcement that \
          enforcement would be made firmer. Firmness is not the difficulty. The difficulty is \
          that enforcement comes at the last moment, when the nets are out and the proof is over \
          the side.
          """,
          """
          Better enforcement begins in port. A boat that has no license should not be able to \
          buy ice; one that has landed more than its quota should not be able to sell. Both are \
          within the power of the state whose flag it flies. Officials in Zhejiang and Fujian, \
          in Nagasaki and on Jeju know very well which boats are meant. They lack a reason to \
          act that is stronger than the wish of local leaders for employment, and a foreign \
          protest has never been such a reason. A shared record of offenses, which leads to the \
          loss of the fuel subsidy, might be.
          """,
          """
          At sea, the worst incidents are those in which it is not clear who is involved. \
          Fishing boats that belong to a militia, or may belong to one, sail among those that do \
          not. A coast guard that treats all of them as instruments of policy will be unjust to \
          most; one that treats none of them so will sooner or later be surprised. It is in this \
          uncertainty that small events may become large ones.
          """,
        ]),
      .init(
        "Three steps",
        [
          """
          The first step is mixed inspection. In the zones of common use, inspectors of both \
          parties would sail on the same vessel, which might be leased for the purpose and \
          painted in a color that no coast guard uses. Boarding would be done by the inspectors \
          of the state whose flag the fishing boat flies, in the presence of the others. This \
          was practiced between South Korea and China for a few weeks in 2014, and those who \
          took part found the result sufficient to recommend that it be repeated. It has not \
          been.
          """,
          """
          The second step is identification. Transponders are carried already by most boats \
          above a certain size, and are switched off by those that have something to hide. \
          Sealed units which report to both governments are available at about the price of a \
          good net. The committee that fixes quotas could make them a condition of a license in \
          the common zones. Boats without a signal would then be known to be outside the \
          agreement, and could be dealt with as such, without any inference about their masters.
          """,
          """
          The third step is insurance. Most incidents concern damage that can be expressed in \
          money: a net that was cut, a hull that was dented, a season that was lost. A fund to \
          which each boat in the zone contributes, and which pays within thirty days on the \
          report of a surveyor, would take from such incidents the fuel on which they feed. Who \
          was at fault could be settled afterwards between the insurers, who are accustomed to \
          it.
          """,
        ]),
      .init(
        "Conclusion",
        [
          """
          It will be objected that governments which wish to press a claim have no interest in \
          keeping incidents small. The record suggests otherwise. In each of the last three \
          crises the first sign of relief was a meeting about fish. An arrangement that \
          officials reach for when they wish to calm matters is worth maintaining when matters \
          are calm.
          """
        ]),
    ])
}
