using System.Text.RegularExpressions;

namespace Toolkit.Architecture.Tests;

public partial class LayoutTests
{
    private const int MaxLines = 400;

    /// <summary>Files that are longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
    };

    /// <summary>Projects that the solution leaves out, each with its reason.</summary>
    private static readonly Dictionary<string, string> OutsideTheSolution = new()
    {
        ["Benchmarks.Peers"] = "libtorch is several hundred megabytes, which nobody should fetch to run the tests",
    };

    [Fact]
    public void The_solution_holds_every_project_that_has_tests_or_ships()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Toolkit.sln"));
        foreach (string path in Repository.AllProjectFiles().Where(path => !OutsideTheSolution.ContainsKey(Repository.ProjectName(path))))
        {
            Assert.Contains(Repository.Relative(path).Replace('/', '\\'), solution, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_source_project_has_a_test_project()
    {
        foreach (string name in Repository.SourceProjects.Keys)
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", $"{name}.Tests", $"Toolkit.{name}.Tests.csproj")), $"tests/{name}.Tests is missing.");
        }
    }

    [Fact]
    public void Every_project_is_described_in_the_map()
    {
        string map = File.ReadAllText(Path.Combine(Repository.SourceRoot, "README.md"));
        foreach (string name in Repository.SourceProjects.Keys)
        {
            Assert.Contains($"`{name}`", map, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_source_file_is_longer_than_the_limit_without_a_reason()
    {
        foreach (string path in Repository.SourceFiles().Concat(Repository.SourceFiles("tests")))
        {
            int lines = File.ReadLines(path).Count();
            Assert.True(lines <= MaxLines || LongFiles.ContainsKey(Repository.Relative(path)), $"{Repository.Relative(path)} has {lines} lines; split it, or give the reason in LongFiles.");
        }

        foreach (string path in LongFiles.Keys)
        {
            Assert.True(File.ReadLines(Path.Combine(Repository.Root, path)).Count() > MaxLines, $"{path} is short now; take it out of LongFiles.");
        }
    }

    [Fact]
    public void A_public_type_stands_alone_in_a_file_of_its_name()
    {
        foreach (string path in Repository.SourceFiles())
        {
            string[] types = PublicType().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value).ToArray();
            string stem = Path.GetFileNameWithoutExtension(path).Split('{')[0].Split('.')[0];
            Assert.True(types.Length <= 1 && types.All(type => type == stem), $"{Repository.Relative(path)} declares the public types {string.Join(", ", types)}.");
        }
    }

    [Fact]
    public void Nothing_unfinished_ships()
    {
        foreach (string path in Repository.SourceFiles())
        {
            Assert.DoesNotMatch(Unfinished(), File.ReadAllText(path));
        }
    }

    [GeneratedRegex(@"^public\s+(?:(?:static|sealed|abstract|readonly|ref|partial|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+[\w<>\[\],?. ]+?)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|\bXXX\b")]
    private static partial Regex Unfinished();
}
