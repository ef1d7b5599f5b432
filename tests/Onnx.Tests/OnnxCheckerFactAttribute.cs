using System.Diagnostics;

namespace Toolkit.Onnx.Tests;

/// <summary>A test that asks ONNX's own Python package (Debian: python3-onnx); skipped, and says so, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxCheckerFactAttribute : FactAttribute
{
    /// <summary>Makes the attribute.</summary>
    public OnnxCheckerFactAttribute()
    {
        if (Run("import onnx").ExitCode != 0)
        {
            Skip = $"{Python} has no module onnx; install python3-onnx.";
        }
    }

    private static string Python => "/usr/bin/python3";

    /// <summary>Runs a Python program and returns its exit status and what it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return (-1, "");
        }

        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
