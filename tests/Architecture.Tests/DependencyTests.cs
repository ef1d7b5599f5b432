using System.Xml.Linq;

namespace Toolkit.Architecture.Tests;

public class DependencyTests
{
    /// <summary>The only edges between source projects. src/README.md has the same table with the reasons.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Onnx"] = ["Numerics"],
        ["Trainer"] = ["Numerics", "Onnx"],
        ["EdgeRuntime"] = ["Numerics", "Onnx"],
        ["EdgeRuntime.OnnxRuntime"] = ["EdgeRuntime"],
        ["Export"] = ["EdgeRuntime", "Onnx", "Trainer"],
        ["Reports"] = ["Trainer"],
        ["Cli"] = ["EdgeRuntime", "EdgeRuntime.OnnxRuntime", "Export", "Reports", "Trainer"],
    };

    /// <summary>Packages that each source project may use; none but these reach a user's machine.</summary>
    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Numerics"] = [],
        ["Onnx"] = ["Google.Protobuf", "Grpc.Tools"],
        ["Trainer"] = ["Sep", "StbImageSharp"],
        ["EdgeRuntime"] = [],
        ["EdgeRuntime.OnnxRuntime"] = ["Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu", "Microsoft.ML.OnnxRuntime.Managed"],
        ["Export"] = [],
        ["Reports"] = ["OxyPlot.Core", "StbImageWriteSharp"],
        ["Cli"] = ["Spectre.Console", "StbImageSharp", "System.CommandLine"],
    };

    [Fact]
    public void Every_source_project_is_in_the_tables()
    {
        Assert.Equal(Allowed.Keys.Order(), Repository.SourceProjects.Keys.Order());
        Assert.Equal(AllowedPackages.Keys.Order(), Repository.SourceProjects.Keys.Order());
    }

    [Fact]
    public void Source_projects_reference_only_the_allowed_projects()
    {
        foreach ((string name, XDocument project) in Repository.SourceProjects)
        {
            string[] references = Items(project, "ProjectReference").Select(Repository.ProjectName).ToArray();
            Assert.True(references.All(Allowed[name].Contains), $"{name} references {string.Join(", ", references.Except(Allowed[name]))}; allowed are: {string.Join(", ", Allowed[name])}.");
        }
    }

    [Fact]
    public void Source_projects_use_only_the_allowed_packages()
    {
        foreach ((string name, XDocument project) in Repository.SourceProjects)
        {
            string[] extra = Items(project, "PackageReference").Except(AllowedPackages[name]).ToArray();
            Assert.True(extra.Length == 0, $"{name} uses {string.Join(", ", extra)}; put it into the table with a reason in src/README.md, or do without.");
        }
    }

    [Fact]
    public void Only_Numerics_allows_unsafe_code()
    {
        foreach ((string name, XDocument project) in Repository.SourceProjects)
        {
            bool isUnsafe = project.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true");
            Assert.True(isUnsafe == (name == "Numerics"), $"{name}: AllowUnsafeBlocks is {isUnsafe}.");
        }
    }

    [Fact]
    public void What_goes_to_the_device_is_AOT_compatible()
    {
        foreach (string name in new[] { "Numerics", "Onnx", "EdgeRuntime" })
        {
            Assert.Contains(Repository.SourceProjects[name].Descendants("IsAotCompatible"), element => element.Value == "true");
        }
    }

    [Fact]
    public void Package_versions_are_central()
    {
        foreach (string path in Repository.AllProjectFiles())
        {
            Assert.DoesNotContain(XDocument.Load(path).Descendants("PackageReference"), element => element.Attribute("Version") is not null);
        }
    }

    private static IEnumerable<string> Items(XDocument project, string element) =>
        project.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
