namespace Toolkit.Trainer.Tests.Data;

/// <summary>A test that needs files under the folder that TOOLKIT_DATA names; skipped, and seen to be, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string folder)
    {
        string? data = Environment.GetEnvironmentVariable("TOOLKIT_DATA");
        if (string.IsNullOrEmpty(data) || !Directory.Exists(Path.Combine(data, folder)))
        {
            Skip = $"needs {folder}/ in the folder that TOOLKIT_DATA names";
        }
    }
}
