namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>A test that exports models with Debian's PyTorch: it is skipped, and says what is missing, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyTorchTheoryAttribute : TheoryAttribute
{
    /// <summary>The interpreter whose packages Debian installs.</summary>
    internal const string Python = "/usr/bin/python3";

    /// <summary>Makes the attribute.</summary>
    public PyTorchTheoryAttribute()
    {
        foreach (string module in new[] { "torch", "onnx" })
        {
            if (!Directory.Exists($"/usr/lib/python3/dist-packages/{module}"))
            {
                Skip = $"Debian's python3-{module} is not installed.";
            }
        }
    }
}
