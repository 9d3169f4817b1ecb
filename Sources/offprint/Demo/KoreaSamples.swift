internal import Typesetting

extension DemoArchive {
  static let russiaAndTheKoreas = DemoManuscript(
    slug: "russia-and-the-koreas-past-policies-and-future-possibilities",
    title: "Russia and the Koreas: Past Policies and Future Possibilities",
    published: (2010, 2, 25),
    topics: ["Korea", "Russia"],
    abstract: [
      """
      Geography alone would give Russia a prominent role in the Korean peninsula. The Russian \
      Federation currently shares a recently demarcated 17-kilometer common border along the \
      Tumen River with the Democratic People’s Republic of Korea (DPRK). The proximity is \
      sufficient to ensure that Russian leaders closely follow events in the Koreas and try to \
      influence developments. In addition, the histories of the Russian and Korean nations have \
      intertwined for centuries. The Soviet Union created North Korea and imparted the new state \
      with its horrific Stalinist political-economic model. Although Russian-DPRK relations have \
      atrophied since the USSR’s demise, ties between the Russian Federation and the Republic of \
      Korea (ROK) have improved considerably in recent years.
      """,
      """
      Russia pursues a variety of goals with respect to the Koreas. In the economic realm, \
      Russian entrepreneurs envisage revitalizing ties with the DPRK by converting it into a \
      transit country for Russian energy and economic exports to South Korea and other countries \
      in the Asia-Pacific region. Among other benefits, the resulting commercial surge would \
      help integrate Russia further into the prosperous East Asian region and promote the \
      economic recovery of the Russian Far East, which lags behind western Russia economically \
      and is becoming a security liability owing to the demographic collapse of the ethnic \
      Russian population in the Russia-China border regions.
      """,
      """
      In the area of security, Russian policymakers are eager to normalize the security \
      situation on the Korean peninsula in order to realize their economic ambitions there. \
      Specific Russian goals include ending the DPRK nuclear weapons and missile programs, \
      averting the abrupt collapse of the DPRK regime or a nuclear or ballistic missile \
      proliferation wave in East Asia, and keeping Moscow a major regional security actor. \
      Common Russian tactics or precepts to pursue such ends include inducing North Korea to end \
      its disruptive nuclear and missile programs voluntarily through economic assistance and \
      security assurances, maintaining a prominent role for Russian diplomacy through joint \
      declarations and other means, promoting dialogue rather than punishment and keeping any \
      needed sanctions limited, and encouraging all parties to adhere to their commitments.
      """,
    ],
    sections: [
      .init(
        "Neighbors by geography",
        [
          """
          The border between Russia and the Korean peninsula is one of the shortest in Asia and \
          one of the least crossed. A single railway bridge carries what traffic there is over \
          the lower Tumen, and for most of the year the river below it is too shallow for \
          anything but small boats. Yet the line on the map has shaped Russian thinking for a \
          century and a half. A government in Moscow that looks east sees, first, a long and \
          thinly settled coast; then China; and then, at the one point where the coast bends \
          away, Korea.
          """,
          """
          This report asks what successive governments in Moscow have wanted from the peninsula, \
          what they have obtained, and what they may reasonably expect in the coming decade. It \
          argues that Russia has three lasting interests there. The first is that no war should \
          break out so close to Vladivostok. The second is that the trade of a growing region \
          should pass through, and to some benefit of, the Russian Far East. The third is that \
          no settlement of Korean affairs should be made without Russia at the table. The three \
          interests are modest, and they are compatible with one another. What has been lacking \
          is the means to pursue them.
          """,
          """
          The argument is made in four steps. The next section recalls how the relationship with \
          both Korean states came to its present shape. The third and fourth sections look at \
          the economy and at security in turn. A final section sets out what would follow for \
          those who make policy in Moscow, in Seoul and elsewhere.
          """,
        ]),
      .init(
        "A divided inheritance",
        [
          """
          The Soviet Union was present at the creation of North Korea and gave the new state \
          much of its machinery: a party, an army, a plan. It did not, however, keep control of \
          what it had made. Within fifteen years the leaders in Pyongyang had removed those \
          among them who were closest to Moscow and had learned to draw aid from two larger \
          neighbors that were no longer on speaking terms. Soviet officials found the \
          arrangement expensive and the ally difficult, but they could see no better one. The \
          influence that Moscow was supposed to have in Pyongyang was, for most of the Cold War, \
          the influence of a creditor over a debtor who does not intend to pay.
          """,
          """
          The opening to South Korea came late and came fast. Diplomatic relations were \
          established in 1990, before the Soviet state itself had come to an end, and were \
          welcomed in Moscow chiefly for the credit that came with them. The price was paid in \
          the north. Trade with Pyongyang, which had been conducted at prices that flattered the \
          smaller partner, fell within a few years to a fraction of what it had been, and the \
          old treaty of alliance was allowed to lapse. For most of the decade that followed, \
          Russia had good manners in Seoul, little business there, and no standing at all in \
          Pyongyang.
          """,
          """
          The correction began around the turn of the century. A new treaty of friendship, \
          without the military clause of the old one, was signed with the north in 2000, and \
          visits at the highest level followed in both directions. The purpose was not to \
          restore an alliance. It was to be, once more, a country that both Korean governments \
          had reasons to talk to. By the time the multilateral talks on the nuclear question \
          began in 2003, Russia could take a seat as of right and was not obliged to ask for \
          one.
          """,
          """
          Two lessons were drawn in Moscow from these twenty years. The first is that a policy \
          which rests on one Korean capital alone gives Russia no weight in either. The second \
          is that weight costs money, and that the money will have to come from projects in \
          which others also see a profit.
          """,
        ]),
      .init(
        "The economic promise",
        [
          """
          The projects have been on the table for a long time. A railway would join the Korean \
          lines to the Trans-Siberian and carry containers to Europe in two weeks or a little \
          more. A pipeline would bring gas from Sakhalin through the north to the factories of \
          the south. A power line would take the surplus of Siberian rivers to cities that burn \
          imported fuel. In each case the geography is sound, the engineering is understood, and \
          the customer is solvent. In each case the difficulty lies in the middle, in the two or \
          three hundred kilometers that belong to a state which has been an unreliable partner \
          to everyone.
          """,
          """
          It is worth asking what sort of unreliability is meant. Transit states quarrel over \
          fees, and such quarrels are settled, because a fee that is not agreed is not paid. The \
          risk on the Korean peninsula is of another kind. A line that crosses the north might \
          be closed for reasons that have nothing to do with the line: an exercise at sea, a \
          test, a sentence in a speech. The buyer in the south would then have to keep a second \
          source ready at all times, and the cost of that second source has to be counted \
          against the saving. Serious studies of the gas route do so, and find that it remains \
          attractive only if the first price is low or if the south may take the pipeline’s \
          share of risk for reasons of its own.
          """,
          """
          There are smaller steps with a better balance. The port of Rajin, an hour from the \
          Russian border by rail, has berths that do not freeze and a quay that has been leased \
          to a Russian company; coal from Siberian mines can be shipped from there when the \
          Russian terminals are full. Timber, fish and seasonal labor are traded already. None \
          of this changes the map of Asian transport. It does show that work can be done across \
          the border when the sums are small, when the partners are few, and when no one has \
          called the work historic.
          """,
          """
          For the Russian Far East the question is larger than transit. The region has lost \
          about a fifth of its people since 1991. It has resources that the neighbors need, and \
          it has neither the hands nor the capital to develop them alone. South Korean firms \
          build ships, refineries and homes; they have some experience of working in cold \
          places, and they do not carry the demographic weight that makes Chinese investment a \
          delicate subject in Khabarovsk. A policy that thought of Seoul first as a partner for \
          the Far East, and only then as a customer at the end of a pipe, would be more likely \
          to show results while those who adopted it are still in office.
          """,
          .item(
            """
            Transit by rail promises speed, but depends on a volume of freight that does not yet \
            exist and on a border that may close.
            """),
          .item(
            """
            Gas by pipeline promises the largest revenue and carries the largest political risk.
            """),
          .item(
            """
            Investment in the Russian Far East promises least on paper, and is the only one of \
            the three that needs no agreement with Pyongyang.
            """),
        ]),
      .init(
        "The security interest",
        [
          """
          Russian officials have said, in almost the same words for fifteen years, that a \
          nuclear armed North Korea is not acceptable and that neither is a war to prevent it. \
          The two halves of the statement are both sincere. The north’s test site lies closer to \
          Vladivostok than to Seoul’s southern ports, and in Primorye the first question after \
          any test is which way the wind is blowing. At the same time Moscow has seen what \
          sudden collapse does to a state with a large army and poor neighbors, and does not \
          wish to see it again across a river.
          """,
          """
          From this follows a preference for process. Talks among six parties were never \
          expected in Moscow to end the program soon. They were expected to make surprise less \
          likely, to give the north something to lose, and to establish that Korean affairs are \
          the affairs of the whole region. Russia’s own contributions were small and practical: \
          the chair of the working group on a peace and security mechanism in Northeast Asia, \
          fuel oil at certain moments, and a bank that was willing to pass on funds which no \
          other bank would touch.
          """,
          """
          Sanctions present a harder choice. Russia has voted for each resolution of the \
          Security Council since 2006, and in each case has worked to make the text narrower \
          than its authors intended. Critics see in this a wish to have it both ways. The \
          explanation given in Moscow is that measures which hurt trade in general would push \
          the north further into dependence on a single partner, and so reduce what little \
          influence anyone else has. The argument has some force. It would have more if Russia’s \
          own trade with the north were large enough to be a source of influence.
          """,
          """
          A further concern is seldom stated aloud. Missile defenses that are placed in the \
          region on account of North Korea will not be removed if North Korea changes its mind. \
          Each test therefore costs Moscow something in its larger account with Washington, \
          whatever the test may have shown. This gives Russia a reason to want restraint in \
          Pyongyang which does not depend on any sympathy for its neighbors, and which is for \
          that reason more reliable.
          """,
        ]),
      .init(
        "What may be expected",
        [
          """
          Three futures for the peninsula are commonly discussed: that things go on as they are, \
          that they end suddenly, and that the two states move slowly towards one another. \
          Russia’s position differs in each.
          """,
          """
          If things go on as they are, Russia will remain the least of the powers around the \
          peninsula, with a voice in the talks and a few projects at the border. The policy of \
          good relations with both sides costs little and should be kept. Its returns will be \
          low, and those who expect more from it will go on being disappointed.
          """,
          """
          If things end suddenly, Russia has few instruments and a great deal at stake. Refugees \
          would be more likely to cross into China than over the Tumen, but the port cities of \
          Primorye are close, and control over weapons and materials would become the first \
          concern of every government. Preparation for such a case does not require that anyone \
          wish for it. It requires that officers and officials of the five other parties know \
          one another, have met to talk about it, and hold the telephone numbers. At present \
          this is not so.
          """,
          """
          If the two states draw together, the projects of the third section come into their \
          own. A single Korean economy, or two that are open to each other, would look north for \
          energy, land and passage. Russia would then be the neighbor with the most to offer \
          and, for once, no partner in the middle. The possibility is remote, but it is the one \
          in which early investment pays best, and it is the reason why patient work on gauges, \
          tariffs and border stations makes sense even while no trains run.
          """,
        ]),
      .init(
        "Recommendations",
        [
          """
          For Moscow the first recommendation is to put the Far East before the peninsula: to \
          seek South Korean capital and skill for ports, fisheries and housing in Primorye \
          without waiting for a pipeline that may never be built. The second is to keep the \
          practical channels to Pyongyang open and modest. The third is to propose, in the \
          framework of the six parties, regular meetings of those who would have to act in an \
          emergency.
          """,
          """
          For Seoul the recommendation is to treat Russia as a neighbor in its own right and not \
          as a lever on the north. Agreements on fisheries, search and rescue, and safety at sea \
          are within reach, would be useful in themselves, and would build the habit of \
          finishing what has been begun.
          """,
          """
          For the other parties it is to remember that a country which asks mainly to be \
          consulted is cheap to satisfy and costly to ignore. Russia cannot deliver a settlement \
          on the Korean peninsula. It can make one sufficiently difficult that its consent is \
          worth having, and it can, with patience, make one better.
          """,
        ]),
    ])
}
