namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = uniformly distributed numbers in the shape of x.</summary>
internal static class RandomUniformLikeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.RandomUniformLike op, NodeContext node) => RandomFillKernel.Create(isNormal: false, op.Low, (double)op.High - op.Low, op.Seed, node);
}
