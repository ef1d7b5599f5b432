namespace Toolkit.Onnx;

/// <summary>A valid model uses an operator, or a form of one, that is not supported. Names operator, opset and node, and all further nodes in <see cref="Refusals"/>.</summary>
public sealed class UnsupportedOperatorException : NotSupportedException
{
    private readonly IReadOnlyList<UnsupportedOperatorException>? _refusals;

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
        Reason = reason;
    }

    private UnsupportedOperatorException(IReadOnlyList<UnsupportedOperatorException> refusals)
        : this(refusals[0].OpType, refusals[0].Domain, refusals[0].Opset, refusals[0].Node, refusals[0].Reason + Others(refusals)) => _refusals = refusals;

    /// <summary>The operator, as ONNX names it.</summary>
    public string OpType { get; } = "";

    /// <summary>Its domain; empty for <c>ai.onnx</c>.</summary>
    public string Domain { get; } = "";

    /// <summary>The version of that domain that the model imports.</summary>
    public long Opset { get; }

    /// <summary>The node's name.</summary>
    public string Node { get; } = "";

    /// <summary>What is not supported, and what to do; empty where no node is named.</summary>
    public string Reason { get; } = "";

    /// <summary>Every node that was refused, in the model's order, each with its own reason; this exception alone where one was.</summary>
    public IReadOnlyList<UnsupportedOperatorException> Refusals => _refusals ?? [this];

    /// <summary>One exception for all nodes that were refused: it is the first, and its message counts the other operators' nodes.</summary>
    public static UnsupportedOperatorException Of(IReadOnlyList<UnsupportedOperatorException> refusals)
    {
        ArgumentNullException.ThrowIfNull(refusals);
        ArgumentOutOfRangeException.ThrowIfZero(refusals.Count, nameof(refusals));
        return refusals.Count == 1 || refusals[0].OpType.Length == 0 ? refusals[0] : new UnsupportedOperatorException(refusals);
    }

    private static string Others(IReadOnlyList<UnsupportedOperatorException> refusals)
    {
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (UnsupportedOperatorException refusal in refusals)
        {
            string type = refusal.Domain.Length == 0 ? refusal.OpType : $"{refusal.Domain}.{refusal.OpType}";
            counts[type] = counts.GetValueOrDefault(type) + 1;
        }

        // The message is about nodes of the first type already.
        counts.RemoveAt(0);
        return counts.Count == 0 ? "" : $" Neither supported: {string.Join(", ", counts.Select(pair => $"{pair.Key} ({pair.Value} {(pair.Value == 1 ? "node" : "nodes")})"))}.";
    }
}
