import CJSON
import Model

/// A parsed JSON value, as json-c holds it.
final class JSONTree {
  private let pointer: OpaquePointer?

  /// Parses `range` of the scanned text, which is one value.
  init(_ scan: JSONScan, _ range: Range<Int>) throws(DecodeError) {
    let memory = scan.memory(of: range)
    try scan.budget.take(memory: memory)
    defer { scan.budget.give(memory: memory) }
    guard range.count < Int(Int32.max),
      let tokener = json_tokener_new_ex(Int32(clamping: scan.budget.limits.nestingMax + 1))
    else {
      throw .overLimit(
        "memoryBytesMax", scan.budget.limits.memoryBytesMax, range.count, "a JSON value is too large to parse")
    }
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, 0)
    var value: OpaquePointer?
    var consumed = 0
    scan.bytes.withUnsafeBufferPointer { buffer in
      let slice = UnsafeBufferPointer(rebasing: buffer[range])
      slice.baseAddress?.withMemoryRebound(to: CChar.self, capacity: slice.count) {
        value = json_tokener_parse_ex(tokener, $0, Int32(slice.count))
        if value == nil, json_tokener_get_error(tokener) == json_tokener_continue {
          // A number at the very end needs to be told that it ends.
          value = json_tokener_parse_ex(tokener, "", 1)
        }
      }
      consumed = Int(json_tokener_get_parse_end(tokener))
    }
    let status = json_tokener_get_error(tokener)
    guard status == json_tokener_success else {
      if let value { json_object_put(value) }
      let offset = range.lowerBound + consumed
      throw DecodeError(
        code: "broken-json",
        message:
          "not valid JSON: \(String(cString: json_tokener_error_desc(status))) at byte \(offset); get the file again",
        byteOffset: offset)
    }
    pointer = value
  }

  deinit { if let pointer { json_object_put(pointer) } }

  /// The value; valid while the tree lives.
  var root: Value { Value(pointer: pointer) }

  /// One value of a tree, unowned.
  struct Value {
    let pointer: OpaquePointer?

    var isObject: Bool { json_object_is_type(pointer, json_type_object) != 0 }
    var isArray: Bool { json_object_is_type(pointer, json_type_array) != 0 }
    var isNull: Bool { pointer == nil }

    /// UTF-8 of a string; decimal of a number; nil for anything else.
    var scalar: [UInt8]? {
      switch json_object_get_type(pointer) {
      case json_type_string:
        guard let start = json_object_get_string(pointer) else { return nil }
        let count = Int(json_object_get_string_len(pointer))
        return start.withMemoryRebound(to: UInt8.self, capacity: count) {
          Array(UnsafeBufferPointer(start: $0, count: count))
        }
      case json_type_int: return Array(String(json_object_get_int64(pointer)).utf8)
      case json_type_double:
        let number = json_object_get_double(pointer)
        return number.magnitude < 1e15 ? Array(String(Int64(number)).utf8) : nil
      default: return nil
      }
    }

    /// The value under a key, in any case if not in this one; nil if there is none or it is null.
    subscript(key: String) -> Value? {
      guard isObject else { return nil }
      var found: OpaquePointer?
      if json_object_object_get_ex(pointer, key, &found) != 0 { return found.map { Value(pointer: $0) } }
      for name in keys where name.utf8.count == key.utf8.count && name.lowercased() == key.lowercased() {
        if json_object_object_get_ex(pointer, name, &found) != 0, found != nil { return Value(pointer: found) }
      }
      return nil
    }

    /// The value down a path of keys.
    func value(at path: [String]) -> Value? {
      var value: Value = self
      for key in path {
        if value.isArray, let first = value.elements.first { value = first }
        guard let next = value[key] else { return nil }
        value = next
      }
      return value
    }

    /// The keys of an object, in order.
    var keys: [String] {
      guard isObject else { return [] }
      var keys: [String] = []
      var at = json_object_iter_begin(pointer)
      var end = json_object_iter_end(pointer)
      while json_object_iter_equal(&at, &end) == 0 {
        keys.append(String(cString: json_object_iter_peek_name(&at)))
        json_object_iter_next(&at)
      }
      return keys
    }

    /// The elements of an array.
    var elements: [Value] {
      guard isArray else { return [] }
      return (0..<json_object_array_length(pointer)).map { Value(pointer: json_object_array_get_idx(pointer, $0)) }
    }
  }
}
