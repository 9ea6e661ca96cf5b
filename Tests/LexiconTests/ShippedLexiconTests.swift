import Foundation
import Model
import Testing

@testable import Lexicon

/// The files that ship: they load without a mistake and hold what is promised.
@Suite struct ShippedLexiconTests {
  static let folder =
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Sources/Lexicon/Data"
  static let lexicon: Result<Lexicon, any Error> = Result { try Lexicon.load(shipped: folder) }

  @Test func loads() throws {
    let lexicon = try Self.lexicon.get()
    #expect(lexicon.phrases.payloadCount > 50_000)
  }

  @Test func ownPlacesOfEightCountries() throws {
    let lexicon = try Self.lexicon.get()
    let countries: Set<String> = ["SY", "IQ", "YE", "LB", "PS", "LY", "SD", "EG"]
    let own = lexicon.placeNames.filter {
      $0.ref?.hasPrefix("rasid:") == true && $0.level != .admin1 && countries.contains($0.country ?? "")
    }
    #expect(own.count >= 1500)
    for country in countries {
      #expect(own.contains { $0.country == country }, "no place of our own in \(country)")
    }
  }

  @Test func actorsAndTheirNames() throws {
    let lexicon = try Self.lexicon.get()
    #expect(lexicon.actors.count >= 1000)
    var errors: [LexiconError] = []
    let files = LexiconFiles(shipped: Self.folder, additions: [], errors: &errors)
    var names = 0
    for table in files.tables(columns: LexiconBuilder.actorColumns, errors: &errors) {
      for row in 0..<table.count { names += table.ranges(row, 2).count }
    }
    #expect(errors.isEmpty)
    #expect(names >= 4000)
  }

  @Test func everyPlaceHasSaneCoordinates() throws {
    // A box around the countries that are mapped densest; a wrong sign or a swap of the two would leave it.
    let boxes: [String: (latitude: ClosedRange<Double>, longitude: ClosedRange<Double>)] = [
      "SY": (32...37.6, 35.4...42.6), "IQ": (28.8...37.6, 38.6...48.9), "YE": (11.8...19.2, 41.5...54.9),
      "LB": (32.9...34.9, 34.9...36.8), "PS": (31...32.8, 34...36), "LY": (19.3...33.5, 9.2...25.4),
      "SD": (8.4...23.4, 21.6...39), "EG": (21.6...33, 24.5...37.2), "JO": (29...33.5, 34.8...39.5),
    ]
    for place in try Self.lexicon.get().placeNames where place.level != .country && place.level != .water {
      guard let box = boxes[place.country ?? ""], let latitude = place.latitude, let longitude = place.longitude,
        place.name != "Middle East", place.level != .region
      else { continue }
      #expect(box.latitude.contains(latitude) && box.longitude.contains(longitude), "\(place.ref ?? "") \(place.name)")
    }
  }

  @Test func everyFileIsOfAKnownKind() throws {
    var errors: [LexiconError] = []
    let files = LexiconFiles(shipped: Self.folder, additions: [], errors: &errors)
    for file in files.files { #expect(!file.columns.isEmpty, "\(file.name) has no line with column names") }
  }
}
