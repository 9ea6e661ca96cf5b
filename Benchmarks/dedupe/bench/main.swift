import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "relate" where arguments.count >= 3:
  try RelateCommand.run(folder: arguments[2], feed: arguments[3], titles: true)
case "scale" where arguments.count >= 3:
  let sizes = arguments[3].split(separator: ",").compactMap { Int($0) }
  try ScaleCommand(folder: arguments[2]).run(sizes: sizes, directory: arguments.count > 3 ? arguments[4] : nil)
case "load" where arguments.count >= 2:
  try ScaleCommand.load(directory: arguments[2])
case "clusters" where arguments.count >= 2:
  try ClusterCommand.run(feed: arguments[2])
default:
  print(
    """
    usage: dedupe-bench clusters FEED.jsonl             cluster the events of a feed anew
           dedupe-bench load DIRECTORY                  time of a start with the index that `scale` left there
           dedupe-bench relate FOLDER FEED.jsonl        decide on the reports of a folder, in the order of their names
           dedupe-bench scale FOLDER SIZES [DIRECTORY]  speed and memory at each of SIZES (10000,1000000)
    """)
  exit(2)
}
