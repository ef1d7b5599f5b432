using System.ComponentModel;
using System.Diagnostics;

namespace Toolkit.Numerics.Tests.Npy;

/// <summary>A test that runs NumPy, skipped with a reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NumpyFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Interpreter = new(() =>
        Array.Find(["/usr/bin/python3", "python3"], path => TryRun(path, "import numpy", out _)));

    public NumpyFactAttribute() => Skip = Interpreter.Value is null ? "python3 with NumPy is not installed." : null;

    /// <summary>Runs a script and returns what it prints.</summary>
    public static string Run(string script)
    {
        Assert.True(TryRun(Interpreter.Value!, script, out string output), output);
        return output.Trim();
    }

    private static bool TryRun(string path, string script, out string output)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd() + error.Result;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception exception)
        {
            output = exception.Message;
            return false;
        }
    }
}
