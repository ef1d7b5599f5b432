namespace Toolkit.Onnx;

/// <summary>A valid model uses an operator, or a form of one, that is not supported. Names operator, opset and node.</summary>
public sealed class UnsupportedOperatorException : NotSupportedException
{
    /// <summary>Makes the exception without details.</summary>
    public UnsupportedOperatorException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public UnsupportedOperatorException(string message)
        : base(ErrorText.OneLine(message))
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public UnsupportedOperatorException(string message, Exception innerException)
        : base(ErrorText.OneLine(message), innerException)
    {
    }

    /// <summary>Makes the exception for one node.</summary>
    /// <param name="opType">The operator, as ONNX names it.</param>
    /// <param name="domain">Its domain; empty for <c>ai.onnx</c>.</param>
    /// <param name="opset">The version of that domain that the model imports.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="reason">What is not supported, and what to do.</param>
    public UnsupportedOperatorException(string opType, string domain, long opset, string node, string reason)
        : base(ErrorText.OneLine($"{opType} '{node}' ({(domain.Length == 0 ? "ai.onnx" : domain)} opset {opset}): {reason}"))
    {
        OpType = opType;
        Domain = domain;
        Opset = opset;
        Node = node;
    }

    /// <summary>The operator, as ONNX names it.</summary>
    public string OpType { get; } = "";

    /// <summary>Its domain; empty for <c>ai.onnx</c>.</summary>
    public string Domain { get; } = "";

    /// <summary>The version of that domain that the model imports.</summary>
    public long Opset { get; }

    /// <summary>The node's name.</summary>
    public string Node { get; } = "";
}
