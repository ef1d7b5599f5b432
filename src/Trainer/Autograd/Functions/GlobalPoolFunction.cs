using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>One number of each plane: [N, C, …] to [N, C], or to [N, C, 1, …] where the axes are kept.</summary>
/// <param name="keepDims">Whether the axes behind C stay, with size 1.</param>
public abstract class GlobalPoolFunction(bool keepDims) : Function
{
    /// <summary>Whether the axes behind C stay, with size 1.</summary>
    public bool KeepDims { get; } = keepDims;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Require.AtLeastRank(this, inputs[0], 3);
        Shape x = inputs[0];
        return KeepDims ? [x[0], x[1], .. Enumerable.Repeat(1, x.Rank - 2)] : [x[0], x[1]];
    }

    /// <summary>The number of planes, N · C.</summary>
    private protected static int Planes(Shape x) => x[0] * x[1];

    /// <summary>Elements of a plane.</summary>
    private protected static int PlaneLength(Shape x) => x.Length / (x[0] * x[1]);

    /// <summary>Writes the operator, whose output keeps the axes, and a Flatten where they shall go.</summary>
    private protected string Emit(IOperatorSink sink, Onnx.Operator pooling, ReadOnlySpan<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string pooled = sink.Add(pooling, inputs);
        return KeepDims ? pooled : sink.Add(new Onnx.Operators.Flatten(Axis: 1), pooled);
    }
}
