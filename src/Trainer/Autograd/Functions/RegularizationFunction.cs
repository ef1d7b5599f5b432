using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// y = λ₁·Σ|w| + λ₂·Σw², a scalar; dw = dy · (λ₁·sign(w) + 2·λ₂·w), with sign(0) = 0. The sums have a fixed order. Nothing is exported.
/// </summary>
/// <param name="l1">λ₁.</param>
/// <param name="l2">λ₂.</param>
public sealed class RegularizationFunction(double l1, double l2) : Function
{
    // As many elements as a sum takes before it continues in binary64.
    private const int Block = 1024;

    /// <summary>λ₁.</summary>
    public double L1 { get; } = l1;

    /// <summary>λ₂.</summary>
    public double L2 { get; } = l2;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        return [];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> w = context.Input(0);
        double penalty = 0;
        if (L1 != 0)
        {
            Span<T> magnitudes = stackalloc T[Block];
            double sum = 0;
            for (int start = 0; start < w.Length; start += Block)
            {
                int count = Math.Min(Block, w.Length - start);
                ElementWise.Unary(default(Absolute), w.Slice(start, count), magnitudes[..count], WorkerPool.Serial);
                sum += double.CreateTruncating(Reduction.Sum<T>(magnitudes[..count]));
            }

            penalty += L1 * sum;
        }

        if (L2 != 0)
        {
            penalty += L2 * double.CreateTruncating(Reduction.Dot(w, w));
        }

        context.Output[0] = T.CreateTruncating(penalty);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        double scale = double.CreateTruncating(context.OutputGradient[0]);
        ElementWise.Unary(new Slope(L1 * scale, 2 * L2 * scale), context.Input(0), context.InputGradient(0), context.Workers, context.Accumulates(0));
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
        throw new NotSupportedException($"{Name} exists in training only; it is not part of an exported model.");

    /// <summary>a·sign(w) + b·w.</summary>
    private readonly struct Slope(double sign, double slope) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes step = TLanes.SelectGreater(x, TLanes.Zero, TLanes.Broadcast(sign), TLanes.SelectGreater(TLanes.Zero, x, TLanes.Broadcast(-sign), TLanes.Zero));
            return TLanes.MultiplyAdd(TLanes.Broadcast(slope), x, step);
        }
    }
}
