namespace Toolkit.EdgeRuntime.Tests;

/// <summary>A test that needs something that not every machine has: it is skipped, and says what is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithEnvironmentAttribute : FactAttribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="variable">The environment variable that names a folder.</param>
    public FactWithEnvironmentAttribute(string variable)
    {
        Variable = variable;
        if (!Directory.Exists(Environment.GetEnvironmentVariable(variable)))
        {
            Skip = $"Environment variable {variable} does not name a folder.";
        }
    }

    /// <summary>The environment variable that names a folder.</summary>
    public string Variable { get; }
}
