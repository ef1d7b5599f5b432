using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Inference, or a ratio of 0: y = x and a mask of ones. Training: y = x / (1 - ratio) where a uniform number of [0, 1) is at least the ratio, which the
/// mask says, else 0. With a seed every run draws the numbers that ONNX's reference implementation draws, NumPy's; without one, each run draws others.
/// </summary>
internal static class DropoutOperator
{
    private const double DefaultRatio = 0.5;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Dropout op, NodeContext node)
    {
        bool isInference = !node.HasInput(2) || node.Constant(2) is Tensor<bool> { Length: 1, Span: [false] };
        if (node.HasInput(1) && !isInference && node.InputType(1) is not (ElementType.Float32 or ElementType.Float64))
        {
            throw node.UnsupportedType(1);
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op, isInference, node),
            ElementType.Float64 => new Kernel<double>(op, isInference, node),
            var type when isInference => TypeDispatch.Element(type, default(CopyFactory)) ?? throw node.UnsupportedType(0),
            _ => throw node.UnsupportedType(0),
        };
    }

    private static void FillMask(in KernelArguments arguments)
    {
        if (!arguments.HasOutput(1))
        {
            return;
        }

        switch (arguments.OutputTensor(1))
        {
            case Tensor<bool> mask: mask.Span.Fill(true); break;
            case Tensor<float> mask: mask.Span.Fill(1); break;
            case Tensor<double> mask: mask.Span.Fill(1); break;
            case Tensor<Half> mask: mask.Span.Fill(Half.One); break;
            default: arguments.Output<BFloat16>(1).Fill((BFloat16)1f); break;
        }
    }

    private readonly struct CopyFactory : IElementFactory
    {
        public OperatorKernel Create<T>() => new CopyKernel<T>();
    }

    private sealed class CopyKernel<T> : OperatorKernel
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            arguments.Input<T>(0).CopyTo(arguments.Output<T>(0));
            FillMask(arguments);
        }
    }

    private sealed class Kernel<T>(Onnx.Operators.Dropout op, bool isInference, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private int _nextSeed = Random.Shared.Next();

        public override bool IsPure => isInference || op.Seed is not null;

        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            double ratio = isInference || arguments.Input<bool>(2) is not [true] ? 0 : RatioOf(arguments);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            if (ratio == 0)
            {
                x.CopyTo(y);
                FillMask(arguments);
                return;
            }

            uint seed = op.Seed is { } named ? unchecked((uint)named) : unchecked((uint)Interlocked.Increment(ref _nextSeed));
            var random = new MersenneTwister(seed, stackalloc uint[MersenneTwister.StateLength]);
            T scale = T.CreateTruncating(1 / (1 - ratio));
            Tensor? mask = arguments.HasOutput(1) ? arguments.OutputTensor(1) : null;
            Span<bool> flags = mask is Tensor<bool> flagged ? flagged.Span : default;
            Span<T> ones = mask is Tensor<T> numeric ? numeric.Span : default;
            for (int i = 0; i < y.Length; i++)
            {
                bool isKept = random.NextDouble() >= ratio;
                y[i] = isKept ? x[i] * scale : T.Zero;
                if (!flags.IsEmpty)
                {
                    flags[i] = isKept;
                }
                else if (!ones.IsEmpty)
                {
                    ones[i] = isKept ? T.One : T.Zero;
                }
            }
        }

        private double RatioOf(in KernelArguments arguments)
        {
            if (!arguments.HasInput(1))
            {
                return DefaultRatio;
            }

            double? given = arguments.InputTensor(1) switch
            {
                Tensor<float> { Length: 1 } single => single.Span[0],
                Tensor<double> { Length: 1 } wide => wide.Span[0],
                _ => null,
            };
            return given is { } ratio and >= 0 and < 1 ? ratio
                : throw node.BadValue($"expected one ratio of at least 0 and below 1, got {arguments.InputTensor(1)}.");
        }
    }
}
