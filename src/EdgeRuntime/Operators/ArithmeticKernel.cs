using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Binary arithmetic with broadcasting: float32 and float64 by vector kernels, other numbers one by one.</summary>
internal static class ArithmeticKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    /// <typeparam name="TVector">The operation on lanes.</typeparam>
    /// <typeparam name="TScalar">The same operation on a number of any type.</typeparam>
    public static OperatorKernel Create<TVector, TScalar>(NodeContext node)
        where TVector : struct, IBinaryOperation
        where TScalar : IArithmetic => node.InputType(0) switch
        {
            ElementType.Float32 => new VectorKernel<TVector, float>(),
            ElementType.Float64 => new VectorKernel<TVector, double>(),
            var type => TypeDispatch.Computed(type, new Factory<TScalar>()) ?? throw node.UnsupportedType(0),
        };

    private readonly struct Factory<TScalar> : INumberFactory
        where TScalar : IArithmetic
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ScalarKernel<TScalar, T>();
    }

    private sealed class VectorKernel<TVector, T> : OperatorKernel
        where TVector : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => VectorBroadcast.Run<TVector, T>(
            arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), arguments.Output<T>(0), arguments.OutputShape(0), arguments.Workers);
    }

    private sealed class ScalarKernel<TScalar, T> : OperatorKernel
        where TScalar : IArithmetic
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<Body, T, T, T>(
            arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), arguments.Output<T>(0), arguments.OutputShape(0));

        private readonly struct Body : IBroadcastBody<T, T, T>
        {
            public static T Invoke(T x, T y) => TScalar.Invoke(x, y);
        }
    }
}
