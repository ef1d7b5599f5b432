using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>One or more inputs, broadcast and combined from left to right.</summary>
internal static class VariadicKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    /// <typeparam name="TVector">The operation that combines two, on lanes.</typeparam>
    /// <typeparam name="TScalar">The same operation on a number of any type.</typeparam>
    public static OperatorKernel Create<TVector, TScalar>(NodeContext node, bool isMean)
        where TVector : struct, IBinaryOperation
        where TScalar : IArithmetic => node.InputType(0) switch
        {
            ElementType.Float32 => new VectorKernel<TVector, float>(isMean),
            ElementType.Float64 => new VectorKernel<TVector, double>(isMean),
            var type => TypeDispatch.Computed(type, new Factory<TScalar>(isMean)) ?? throw node.UnsupportedType(0),
        };

    private readonly struct Factory<TScalar>(bool isMean) : INumberFactory
        where TScalar : IArithmetic
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ScalarKernel<TScalar, T>(isMean);
    }

    private readonly struct TakeSecond<T> : IBroadcastBody<T, T, T>
    {
        public static T Invoke(T x, T y) => y;
    }

    private sealed class VectorKernel<TVector, T>(bool isMean) : OperatorKernel
        where TVector : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Only the first: the others are read after the output has been written.
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            Shape shape = arguments.OutputShape(0);
            if (arguments.InputCount == 1)
            {
                arguments.Input<T>(0).CopyTo(y);
                return;
            }

            VectorBroadcast.Run<TVector, T>(arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), y, shape, arguments.Workers);
            for (int i = 2; i < arguments.InputCount; i++)
            {
                VectorBroadcast.Run<TVector, T>(y, shape, arguments.Input<T>(i), arguments.InputShape(i), y, shape, arguments.Workers);
            }

            if (isMean)
            {
                T count = T.CreateChecked(arguments.InputCount);
                for (int i = 0; i < y.Length; i++)
                {
                    y[i] /= count;
                }
            }
        }
    }

    private sealed class ScalarKernel<TScalar, T>(bool isMean) : OperatorKernel
        where TScalar : IArithmetic
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            Shape shape = arguments.OutputShape(0);
            BroadcastLoop.Run<TakeSecond<T>, T, T, T>(y, shape, arguments.Input<T>(0), arguments.InputShape(0), y, shape);
            for (int i = 1; i < arguments.InputCount; i++)
            {
                BroadcastLoop.Run<Body, T, T, T>(y, shape, arguments.Input<T>(i), arguments.InputShape(i), y, shape);
            }

            if (isMean)
            {
                T count = T.CreateChecked(arguments.InputCount);
                for (int i = 0; i < y.Length; i++)
                {
                    y[i] /= count;
                }
            }
        }

        private readonly struct Body : IBroadcastBody<T, T, T>
        {
            public static T Invoke(T x, T y) => TScalar.Invoke(x, y);
        }
    }
}
