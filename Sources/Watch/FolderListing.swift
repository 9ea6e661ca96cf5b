import Model

/// The files of a folder for commands that read it once.
public enum FolderListing {
  /// Paths of all regular files below `folder`, relative to it, in the order of their bytes.
  /// - Parameter ignore: shell patterns of names that are left out.
  public static func files(below folder: PathBytes, ignore: [String]) -> [PathBytes] {
    let scan = FolderScan(root: folder, ignore: IgnorePatterns(ignore))
    return scan.files(below: PathBytes([])).map(\.path).sorted()
  }

  /// How many folders there are below `folder`, itself included.
  public static func folderCount(below folder: PathBytes, ignore: [String]) -> Int {
    var count = 0
    let scan = FolderScan(root: folder, ignore: IgnorePatterns(ignore), enter: { _ in count += 1 })
    _ = scan.files(below: PathBytes([]))
    return count
  }
}
