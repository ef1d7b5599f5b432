namespace Toolkit.Trainer.Tests.Data;

/// <summary>A test that needs files under the folder that TOOLKIT_DATA names; skipped, and seen to be, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute(string folder) : FactAttribute
{
    /// <summary>Where a package of the operating system puts the same files.</summary>
    public string? SystemFolder { get; init; }

    public override string Skip
    {
        get
        {
            string? data = Environment.GetEnvironmentVariable("TOOLKIT_DATA");
            bool here = (!string.IsNullOrEmpty(data) && Directory.Exists(Path.Combine(data, folder))) || Directory.Exists(SystemFolder);
            return here ? null! : $"needs {folder}/ in the folder that TOOLKIT_DATA names";
        }
    }
}
