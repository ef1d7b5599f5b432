using System.Runtime.CompilerServices;

namespace Toolkit.Cli.Tests;

/// <summary>Keeps the user's data sets and cache out of the tests, and the tests out of the user's cache.</summary>
internal static class Isolation
{
#pragma warning disable CA2255 // The environment must be set before any test class is made.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Isolate()
    {
        Environment.SetEnvironmentVariable("TOOLKIT_DATA", null);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(Path.GetTempPath(), $"toolkit-no-cache-{Environment.ProcessId}"));
    }
}
