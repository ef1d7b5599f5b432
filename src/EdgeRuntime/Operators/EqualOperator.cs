using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A equals B, broadcast; bool and string too. A NaN equals nothing.</summary>
internal static class EqualOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Equal op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Bool => new EquatableKernel<bool>(),
        ElementType.String => new EquatableKernel<string>(),
        _ => ComparisonKernel.Create<Comparison>(node),
    };

    private readonly struct Comparison : IComparison
    {
        public static bool Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x == y;
    }

    private sealed class EquatableKernel<T> : OperatorKernel
        where T : IEquatable<T>
    {
        public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<Body, T, T, bool>(
            arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), arguments.Output<bool>(0), arguments.OutputShape(0));

        private readonly struct Body : IBroadcastBody<T, T, bool>
        {
            public static bool Invoke(T x, T y) => x.Equals(y);
        }
    }
}
