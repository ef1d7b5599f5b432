using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Triangular weights of bands of equal width on the mel scale, m = 2595 log₁₀(1 + f / 700), their corners at whole frequencies.</summary>
internal static class MelWeightMatrixOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MelWeightMatrix op, NodeContext node)
    {
        for (int input = 0; input < 5; input++)
        {
            if (input < 3 ? !IntegerInput.Accepts(node.InputType(input)) : node.InputType(input) is not (ElementType.Float32 or ElementType.Float64 or ElementType.Float16))
            {
                throw node.UnsupportedType(input);
            }
        }

        return TypeDispatch.Number(op.OutputDatatype, new Factory(node)) ?? throw node.UnsupportedType(op.OutputDatatype, "output 0");
    }

    private readonly struct Factory(NodeContext node) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>(node);
    }

    private sealed class Kernel<T>(NodeContext node) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            y.Clear();
            int frequencies = arguments.OutputShape(0)[0];
            int bands = arguments.OutputShape(0)[1];
            double length = IntegerInput.Read(arguments.InputTensor(1), 0);
            double rate = IntegerInput.Read(arguments.InputTensor(2), 0);
            double low = Mel(Real(arguments.InputTensor(3)));
            double step = (Mel(Real(arguments.InputTensor(4))) - low) / (bands + 2);
            for (int band = 0; band < bands; band++)
            {
                int lower = Corner(low + (band * step), length, rate, frequencies);
                int center = Corner(low + ((band + 1) * step), length, rate, frequencies);
                int higher = Corner(low + ((band + 2) * step), length, rate, frequencies);
                for (int i = lower; i <= center; i++)
                {
                    y[(i * bands) + band] = center == lower ? T.One : T.CreateSaturating((double)(i - lower) / (center - lower));
                }

                for (int i = center; i < higher; i++)
                {
                    y[(i * bands) + band] = T.CreateSaturating((double)(higher - i) / (higher - center));
                }
            }
        }

        private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

        private static double Real(Tensor tensor) => tensor switch
        {
            Tensor<float> t => t.Span[0],
            Tensor<double> t => t.Span[0],
            _ => (double)tensor.As<Half>().Span[0],
        };

        private int Corner(double mel, double length, double rate, int frequencies)
        {
            double corner = Math.Floor((length + 1) * (700 * (Math.Pow(10, mel / 2595) - 1)) / rate);
            return corner >= 0 && corner < frequencies ? (int)corner
                : throw node.BadValue($"expected edges from 0 to half the sample rate, got one at {corner} of {frequencies} frequencies.");
        }
    }
}
