using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A function of one input whose output has its shape.</summary>
public abstract class UnaryFunction : Function
{
    private protected UnaryFunction()
    {
    }

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        return inputs[0];
    }
}
