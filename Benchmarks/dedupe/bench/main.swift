import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "relate" where arguments.count >= 3:
  try RelateCommand.run(folder: arguments[2], feed: arguments[3], titles: true)
case "scale" where arguments.count >= 3:
  let sizes = arguments[3].split(separator: ",").compactMap { Int($0) }
  if arguments.count > 3 { Usage.requireFolder(arguments[4]) }
  try ScaleCommand(folder: arguments[2]).run(sizes: sizes, directory: arguments.count > 3 ? arguments[4] : nil)
case "load" where arguments.count >= 2:
  Usage.requireFolder(arguments[2])
  try ScaleCommand.load(directory: arguments[2])
case "clusters" where arguments.count >= 2:
  try ClusterCommand.run(feed: arguments[2])
default:
  print(Usage.text)
  exit(2)
}
