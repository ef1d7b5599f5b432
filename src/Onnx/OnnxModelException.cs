namespace Toolkit.Onnx;

/// <summary>A model file is damaged, malformed or beyond the configured limits. The message says what and where.</summary>
public class OnnxModelException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public OnnxModelException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public OnnxModelException(string message)
        : base(ErrorText.OneLine(message))
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public OnnxModelException(string message, Exception innerException)
        : base(ErrorText.OneLine(message), innerException)
    {
    }
}
