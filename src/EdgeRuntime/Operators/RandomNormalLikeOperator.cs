namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = normally distributed numbers in the shape of x.</summary>
internal static class RandomNormalLikeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.RandomNormalLike op, NodeContext node) => RandomFillKernel.Create(isNormal: true, op.Mean, op.Scale, op.Seed, node);
}
