import Model
import Testing

@testable import Dedupe

@Suite struct EventClustersTests {
  /// An event and what it names, in few words.
  struct Told {
    var type = EventType.assault
    var mode: String? = "heavy-weapons"
    var place = (ref: "geonames:170017", latitude: 33.5717, longitude: 36.4027)
    var level = Place.Level.city
    var day: Int? = 17_600
    var actor: String? = nil
    var dead: ClosedRange<Int>? = nil
    var province: String? = nil
    /// A person named in the sentence, without a part in the event.
    var person: String? = nil

    func extraction() -> Extraction {
      var mentions = [
        Mention(
          span: ByteSpan(0, 1), tokens: 0..<1,
          entity: .place(
            Place(
              name: "P", ref: place.ref, latitude: place.latitude, longitude: place.longitude, level: level,
              country: "SY", admin1: province, geoPrecision: 1)), rule: "test")
      ]
      var event = Event(type: type, mode: mode, trigger: ByteSpan(0, 4), sentence: ByteSpan(0, 9))
      event.places = [0]
      if let actor {
        mentions.append(
          Mention(
            span: ByteSpan(2, 3), tokens: 1..<2,
            entity: .actor(Actor(name: nil, ref: actor, code: "SYR", sector: "REB")), rule: "test"))
        event.actors = [1]
      }
      if let person {
        let entity = Entity.person(Actor(name: nil, ref: person))
        mentions.append(Mention(span: ByteSpan(5, 6), tokens: 2..<3, entity: entity, rule: "test"))
      }
      if let day {
        let civil = CivilDay(number: day)
        event.date = DateRange(from: civil, to: civil, precision: .day, basis: .text)
      }
      if let dead { event.dead = Event.Toll(min: dead.lowerBound, max: dead.upperBound) }
      return Extraction(mentions: mentions, events: [event])
    }
  }

  private func digest(_ number: Int) -> Digest {
    Digest((0..<32).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0 &* 7) })
  }

  /// Tells the events in turn, one report each; the clusters' `first`.
  private func firsts(_ told: [Told], published: Timestamp? = nil) throws -> [UInt64?] {
    let clusters = try EventClusters(directory: nil)
    return told.enumerated().map { number, event in
      clusters.decide(
        event.extraction(), digest: digest(number), published: published, sequence: UInt64(number + 1), isCopy: false)[
          0]?
        .first
    }
  }

  @Test func theSameEventIsOneCluster() throws {
    let clusters = try EventClusters(directory: nil)
    var ids: Set<EventID> = []
    for sequence in UInt64(1)...5 {
      let cluster = clusters.decide(
        Told(dead: 4...4).extraction(), digest: digest(Int(sequence)), published: nil, sequence: sequence,
        isCopy: sequence == 4)[0]
      let found = try #require(cluster)
      ids.insert(found.id)
      #expect(found.first == 1)
      // The fourth is a copy and does not count.
      #expect(found.reports == [1, 2, 3, 3, 4][Int(sequence) - 1])
    }
    #expect(ids == [EventID(report: digest(1), trigger: ByteSpan(0, 4), type: .assault)])
  }

  @Test func anExactCopyTellsNothing() throws {
    let clusters = try EventClusters(directory: nil)
    #expect(clusters.skip(sequence: 4).isEmpty)
    #expect(clusters.lastSequence == 4)
    #expect(clusters.clusterCount == 0)
  }

  @Test func twiceInOneReportCountsOnce() throws {
    let clusters = try EventClusters(directory: nil)
    var extraction = Told().extraction()
    extraction.events.append(extraction.events[0])
    let decided = clusters.decide(extraction, digest: digest(1), published: nil, sequence: 1, isCopy: false)
    #expect(decided.map { $0?.reports } == [1, 1])
    #expect(decided[0]?.id == decided[1]?.id)
  }

  @Test func whatDiffersIsAnotherEvent() throws {
    let base = Told(actor: "actor:a", dead: 4...5)
    var others: [Told] = []
    for change: (inout Told) -> Void in [
      {
        $0.type = .coerce
        $0.mode = "arrest"
      }, { $0.mode = "explosives" }, { $0.day = 17_603 }, { $0.actor = "actor:b" }, { $0.dead = 40...40 },
      { $0.place = ("geonames:1", 34.8, 36.7) },
    ] {
      var other = base
      change(&other)
      others.append(other)
    }
    #expect(try firsts([base] + others) == (1...7).map { UInt64($0) })
  }

  @Test func whatIsToldOtherwiseIsTheSame() throws {
    let base = Told(actor: "actor:a", dead: 4...5)
    var others: [Told] = []
    for change: (inout Told) -> Void in [
      { $0.mode = nil }, { $0.actor = nil }, { $0.dead = nil }, { $0.dead = 7...7 },
      // A quarter of the same town, by another id.
      { $0.place = ("geonames:2", 33.58, 36.41) },
      // The day after, but the same named actor.
      { $0.day = 17_601 },
    ] {
      var other = base
      change(&other)
      others.append(other)
    }
    #expect(try firsts([base] + others) == Array(repeating: 1, count: 7))
  }

  @Test func weakSignsNeedSupport() throws {
    let area = Told(place: ("geonames:163843", 35, 38), level: .country)
    #expect(try firsts([area, area]) == [1, 2])
    let named = Told(place: area.place, level: .country, actor: "actor:a")
    #expect(try firsts([named, named]) == [1, 1])
    // Words are said every day: who said them must be the same.
    #expect(try firsts([Told(type: .accuse, mode: nil), Told(type: .accuse, mode: nil)]) == [1, 2])
    // Without a date the report's own day is taken, where it has one.
    let published = Timestamp(seconds: 17_600 * 86_400 + 50_000)
    let undated = Told(day: nil, dead: 6...6)
    #expect(try firsts([undated, undated]) == [nil, nil])
    #expect(try firsts([Told(dead: 6...6), undated], published: published) == [1, 1])
    #expect(try firsts([Told(), Told(day: nil)], published: published) == [1, 2])
    // Or somebody whom both sentences name.
    let spoken = Told(day: nil, person: "person:a")
    #expect(try firsts([spoken, spoken], published: published) == [1, 1])
    #expect(try firsts([spoken, Told(day: nil, person: "person:b")], published: published) == [1, 2])
  }

  @Test func aTownLiesInItsProvince() throws {
    let town = Told(dead: 6...6, province: "P")
    let province = Told(place: ("geonames:163843", 35, 38), level: .admin1, dead: 6...6)
    #expect(try firsts([town, Told(place: ("geonames:2", 35, 37.9), dead: 6...6, province: "Q")]) == [1, 2])
    #expect(try firsts([province, town]) == [1, 1])
    // A toll that both tell makes up for the place; without it the province is too large.
    #expect(try firsts([province, Told(province: "P")]) == [1, 2])
    // A region has no list of its towns: those near its middle may be in it.
    let region = Told(place: ("rasid:r", 33.5, 36.3), level: .region, dead: 6...6)
    #expect(try firsts([region, Told(dead: 6...6)]) == [1, 1])
    #expect(try firsts([Told(dead: 6...6), region]) == [1, 1])
  }

  @Test func whereEventsNeverCeaseMoreIsAsked() throws {
    func last(afterDays days: ClosedRange<Int>) throws -> UInt64? {
      let clusters = try EventClusters(directory: nil)
      var sequence: UInt64 = 0
      func tell(_ told: Told, published day: Int) -> UInt64? {
        sequence += 1
        let published = Timestamp(seconds: Int64(day) * 86_400)
        return clusters.decide(
          told.extraction(), digest: digest(Int(sequence)), published: published, sequence: sequence, isCopy: false)[0]?
          .first
      }
      for day in days { _ = tell(Told(day: day), published: day) }
      let told = Told(day: nil, actor: "actor:a")
      #expect(tell(told, published: 17_620) == sequence)
      return tell(told, published: 17_620) == sequence ? nil : sequence - 1
    }
    // After a quiet time two reports of a day tell of one event.
    #expect(try last(afterDays: 17_500...17_510) != nil)
    #expect(try last(afterDays: 17_605...17_616) == nil)
  }

  @Test func eventsAcrossACellsBorderAreFound() throws {
    let west = Told(place: ("geonames:1", 33.4999, 36.2499))
    let east = Told(place: ("geonames:2", 33.5001, 36.2501))
    #expect(try firsts([west, east]) == [1, 1])
  }

  /// A series of random events, where many meet.
  private func series(_ count: Int) -> [(Extraction, isCopy: Bool)] {
    var random = SplitMix(11)
    return (0..<count).map { _ in
      let told = Told(
        mode: [nil, "aerial", "heavy-weapons"].randomElement(using: &random) ?? nil,
        place: ("geonames:\(Int.random(in: 0..<5, using: &random))", Double(Int.random(in: 0..<5, using: &random)), 36),
        day: Int.random(in: 17_600...17_610, using: &random),
        actor: Bool.random(using: &random) ? "actor:\(Int.random(in: 0..<3, using: &random))" : nil,
        dead: Bool.random(using: &random) ? 1...Int.random(in: 1...9, using: &random) : nil,
        person: Bool.random(using: &random) ? "person:\(Int.random(in: 0..<4, using: &random))" : nil)
      return (told.extraction(), Int.random(in: 0..<6, using: &random) == 0)
    }
  }

  @Test func restartReplayAndDamageChangeNothing() throws {
    let series = series(300)
    let whole = try EventClusters(directory: nil)
    let expected = series.enumerated().map { at, item in
      whole.decide(
        item.0, digest: digest(at), published: nil, sequence: UInt64(at + 1), isCopy: item.isCopy)
    }
    #expect(whole.clusterCount > 20 && whole.clusterCount < 250)
    let folder = try TemporaryFolder()
    do {
      let clusters = try EventClusters(directory: folder.path.bytes)
      for at in 0..<200 {
        let item = series[at]
        _ = clusters.decide(
          item.0, digest: digest(at), published: nil, sequence: UInt64(at + 1), isCopy: item.isCopy)
      }
      try clusters.checkpoint()
    }
    let bytes = folder.read("events.clusters")
    var random = SplitMix(12)
    for turn in 0..<300 {
      var damaged = bytes
      let at = turn < 80 ? turn : Int.random(in: 0..<bytes.count, using: &random)
      if turn % 3 == 0 { damaged = Array(bytes[..<at]) } else { damaged[at] ^= 1 << UInt8(turn % 8) }
      folder.write("events.clusters", damaged)
      let clusters = try EventClusters(directory: folder.path.bytes)
      let durable = turn % 2 == 0 ? 200 : 150
      try clusters.rewind(to: UInt64(durable))
      for at in 0..<300 {
        let item = series[at]
        let id = EventID(report: digest(at), trigger: ByteSpan(0, 4), type: .assault)
        if at < durable {
          clusters.restore(item.0, eventIDs: [id], clusters: expected[at], sequence: UInt64(at + 1))
        } else {
          let decided = clusters.decide(
            item.0, digest: digest(at), published: nil, sequence: UInt64(at + 1), isCopy: item.isCopy)
          #expect(decided == expected[at], "turn \(turn), byte \(at), report \(at)")
        }
      }
    }
  }
}
