using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Gemm;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// A dense layer in one operation: Y = activation(X · W + b) with X [N, in], W [in, out] and optionally b [out]. With dZ = dY · activation'(Z):
/// dX = dZ · Wᵀ, dW = Xᵀ · dZ, db = Σ_rows dZ. The activation runs in the product's epilogue, and its derivative is a function of Y.
/// </summary>
/// <param name="activation">Applied to the product.</param>
public sealed class GemmFunction(ActivationKind activation = ActivationKind.None) : Function
{
    /// <summary>The activation.</summary>
    public ActivationKind Activation { get; } = activation;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => Activation != ActivationKind.None;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input < 2;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length is not (2 or 3))
        {
            throw new ArgumentException($"Gemm: expected X, W and optionally a bias, got {inputs.Length} inputs.", nameof(inputs));
        }

        Shape x = inputs[0];
        Shape w = inputs[1];
        if (x.Rank != 2 || w.Rank != 2 || x[1] != w[0])
        {
            string advice = x.Rank == 2 ? "" : " Put a Flatten layer before it.";
            throw new ArgumentException($"Gemm: expected X of shape [N,{(w.Rank == 2 ? w[0] : "in")}] for W {w}, got {x}.{advice}", nameof(inputs));
        }

        if (inputs.Length == 3 && inputs[2] != [w[1]])
        {
            throw new ArgumentException($"Gemm: expected a bias of shape [{w[1]}], got {inputs[2]}.", nameof(inputs));
        }

        return [x[0], w[1]];
    }

    /// <inheritdoc/>
    internal override bool CanScratchOutputGradient => true;

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => Activation == ActivationKind.None ? 0 : InferShape(inputs).Length;

    /// <inheritdoc/>
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs) => (long)inputs[0].Length * inputs[1][1];

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        (int rows, int width, int units) = Sizes(context);
        Gemm.Multiply(
            false,
            false,
            rows,
            units,
            width,
            T.One,
            context.Input(0),
            width,
            context.Input(1),
            units,
            T.Zero,
            context.Output,
            units,
            context.InputCount > 2 ? context.Input(2) : [],
            Activation,
            context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        (int rows, int width, int units) = Sizes(context);
        ReadOnlySpan<T> dz = FusedActivation.GradientBefore(Activation, context, bias: 2);

        if (context.NeedsGradient(1))
        {
            Gemm.Multiply(
                true,
                false,
                width,
                units,
                rows,
                T.One,
                context.Input(0),
                width,
                dz,
                units,
                Beta<T>(context.Accumulates(1)),
                context.InputGradient(1),
                units,
                [],
                ActivationKind.None,
                context.Workers);
        }

        if (context.NeedsGradient(0))
        {
            Gemm.Multiply(
                false,
                true,
                rows,
                width,
                units,
                T.One,
                dz,
                units,
                context.Input(1),
                units,
                Beta<T>(context.Accumulates(0)),
                context.InputGradient(0),
                width,
                [],
                ActivationKind.None,
                context.Workers);
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string product = sink.Add(new Record(Alpha: 1f, Beta: 1f, TransA: false, TransB: false), inputs);
        return FusedActivation.Emit(Activation, sink, product);
    }

    private static (int Rows, int Width, int Units) Sizes<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (context.OutputShape[0], context.InputShape(1)[0], context.OutputShape[1]);

    private static T Beta<T>(bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => accumulate ? T.One : T.Zero;
}
