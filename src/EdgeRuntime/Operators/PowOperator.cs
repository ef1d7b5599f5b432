using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>z = xʸ, broadcast; x and y may differ in type, z has x's. Powers of integers wrap around.</summary>
internal static class PowOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Pow op, NodeContext node) =>
        TypeDispatch.Computed(node.InputType(1), default(ExponentProbe)) is null ? throw node.UnsupportedType(1)
        : TypeDispatch.Computed(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0);

    private static void ReadExponents(Tensor tensor, Span<double> exponents)
    {
        switch (tensor)
        {
            case Tensor<float> t: Read(t, exponents); break;
            case Tensor<double> t: Read(t, exponents); break;
            case Tensor<sbyte> t: Read(t, exponents); break;
            case Tensor<short> t: Read(t, exponents); break;
            case Tensor<int> t: Read(t, exponents); break;
            case Tensor<long> t: Read(t, exponents); break;
            case Tensor<byte> t: Read(t, exponents); break;
            case Tensor<ushort> t: Read(t, exponents); break;
            case Tensor<uint> t: Read(t, exponents); break;
            default: Read(tensor.As<ulong>(), exponents); break;
        }
    }

    private static void Read<T>(Tensor<T> tensor, Span<double> exponents)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> y = tensor.Span;
        for (int i = 0; i < y.Length; i++)
        {
            exponents[i] = double.CreateTruncating(y[i]);
        }
    }

    private readonly struct ExponentProbe : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new CopyKernel<T>(isView: false);
    }

    private readonly struct Factory : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[1].Length * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> z = arguments.Output<T>(0);
            Span<double> exponents = arguments.Scratch<double>(arguments.InputTensor(1).Length);
            ReadExponents(arguments.InputTensor(1), exponents);
            if (exponents is [2] && x.Length == z.Length)
            {
                // The square, by far the most frequent power.
                for (int i = 0; i < z.Length; i++)
                {
                    z[i] = x[i] * x[i];
                }

                return;
            }

            BroadcastLoop.Run<Body, T, double, T>(x, arguments.InputShape(0), exponents, arguments.InputShape(1), z, arguments.OutputShape(0));
        }

        private readonly struct Body : IBroadcastBody<T, double, T>
        {
            public static T Invoke(T x, double y)
            {
                if (typeof(T) == typeof(float) || typeof(T) == typeof(double) || y != Math.Truncate(y) || Math.Abs(y) > int.MaxValue)
                {
                    return T.CreateSaturating(Math.Pow(double.CreateTruncating(x), y));
                }

                return y >= 0 ? WholePower(x, (uint)y)
                    : x == T.One ? x
                    : x == T.Zero - T.One ? (y % 2 == 0 ? T.One : x)
                    : T.Zero;
            }

            private static T WholePower(T x, uint y)
            {
                T power = T.One;
                for (; y != 0; y >>= 1)
                {
                    power = (y & 1) != 0 ? power * x : power;
                    x *= x;
                }

                return power;
            }
        }
    }
}
