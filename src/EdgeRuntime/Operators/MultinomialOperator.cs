using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = classes drawn with probability eˣ / Σ eˣ, the greatest x subtracted first.</summary>
internal static class MultinomialOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Multinomial op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => Create<float>(op, node),
        ElementType.Float64 => Create<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private static OperatorKernel Create<TX>(Onnx.Operators.Multinomial op, NodeContext node)
        where TX : unmanaged, INumber<TX> => node.OutputType(0) == ElementType.Int64
        ? new Kernel<TX, long>(op.Seed, node)
        : new Kernel<TX, int>(op.Seed, node);

    private sealed class Kernel<TX, TY>(float? seed, NodeContext node) : RandomKernel(seed)
        where TX : unmanaged, INumber<TX>
        where TY : unmanaged, IBinaryInteger<TY>
    {
        // The running sums of one row's weights.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0][1] * sizeof(double);

        protected override void Draw(CounterRandom random, in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int classes = shape[1];
            int samples = arguments.OutputShape(0)[1];
            Span<double> sums = arguments.Scratch<double>(classes);
            for (int row = 0; row < shape[0] && samples > 0; row++)
            {
                double total = Accumulate(arguments.Input<TX>(0).Slice(row * classes, classes), sums);
                if (!(total > 0) || double.IsInfinity(total))
                {
                    throw node.BadValue($"expected logarithms of weights of which one at least is finite and none is NaN or infinite, in row {row}.");
                }

                foreach (ref TY y in arguments.Output<TY>(0).Slice(row * samples, samples))
                {
                    double drawn = random.NextDouble() * total;
                    int low = 0;
                    for (int high = classes - 1; low < high;)
                    {
                        int middle = (low + high) / 2;
                        (low, high) = sums[middle] > drawn ? (low, middle) : (middle + 1, high);
                    }

                    y = TY.CreateTruncating(low);
                }
            }
        }

        private static double Accumulate(ReadOnlySpan<TX> x, Span<double> sums)
        {
            double greatest = double.NegativeInfinity;
            foreach (TX value in x)
            {
                greatest = Math.Max(greatest, double.CreateTruncating(value));
            }

            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += Math.Exp(double.CreateTruncating(x[i]) - greatest);
                sums[i] = sum;
            }

            return sum;
        }
    }
}
