using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>C = A ? B for a comparison ?, element by element with broadcasting; C is bool.</summary>
public abstract record CompareOperator : BroadcastOperator
{
    /// <inheritdoc/>
    protected override ElementType ResultType(ElementType type) => ElementType.Bool;
}
