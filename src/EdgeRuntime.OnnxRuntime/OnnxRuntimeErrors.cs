using System.Text;
using Microsoft.ML.OnnxRuntime;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>ONNX Runtime's exceptions as the exceptions that every backend throws, each with one line of text.</summary>
internal static class OnnxRuntimeErrors
{
    private const int MaxLength = 400;

    /// <summary>What a failed load means to the caller.</summary>
    public static Exception OfLoad(OnnxRuntimeException exception)
    {
        string text = OneLine(exception.Message);
        bool unsupported = HasCode(exception, "NotImplemented")
            || text.Contains("is not a registered function/op", StringComparison.Ordinal)
            || text.Contains("No Op registered for", StringComparison.Ordinal)
            || text.Contains("Could not find an implementation", StringComparison.Ordinal)
            || text.Contains("Unregistered TensorElementType", StringComparison.Ordinal)
            || text.Contains("ValidateOpsetForDomain", StringComparison.Ordinal);
        return unsupported
            ? new UnsupportedOperatorException($"ONNX Runtime does not run this model: {text}", exception)
            : new OnnxModelException($"ONNX Runtime does not accept this model: {text}", exception);
    }

    /// <summary>What a failed run means to the caller.</summary>
    public static Exception OfRun(OnnxRuntimeException exception)
    {
        string text = OneLine(exception.Message);
        if (HasCode(exception, "NotImplemented"))
        {
            return new UnsupportedOperatorException($"ONNX Runtime does not run this model: {text}", exception);
        }

        return text.Contains("Failed to allocate memory", StringComparison.Ordinal)
            ? new InsufficientMemoryException($"ONNX Runtime: {text}", exception)
            : new ArgumentException($"ONNX Runtime cannot run the model on these inputs: {text}", exception);
    }

    /// <summary>A native message without its code, source position and line breaks, cut to a readable length.</summary>
    public static string OneLine(string message)
    {
        ReadOnlySpan<char> text = message.AsSpan().Trim();
        if (text.StartsWith("[ErrorCode:", StringComparison.Ordinal) && text.IndexOf(']') is var end and > 0)
        {
            text = text[(end + 1)..].Trim();
        }

        var line = new StringBuilder(text.Length);
        bool space = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = true;
                continue;
            }

            if (space && line.Length > 0)
            {
                line.Append(' ');
            }

            space = false;
            line.Append(c);
            if (line.Length >= MaxLength)
            {
                return line.Append('…').ToString();
            }
        }

        return line.ToString();
    }

    private static bool HasCode(OnnxRuntimeException exception, string code) =>
        exception.Message.StartsWith($"[ErrorCode:{code}]", StringComparison.Ordinal);
}
