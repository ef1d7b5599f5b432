using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Windows that are sums of cosines, w(n) = a₀ - a₁ cos(2πn/N) + a₂ cos(4πn/N), in float64 and rounded once.</summary>
internal static class WindowFunctionKernel
{
    /// <summary>The kernel for the operator's element type.</summary>
    public static OperatorKernel Create(Onnx.Operators.WindowFunctionOperator op, double a0, double a1, double a2, NodeContext node) => IntegerInput.Accepts(node.InputType(0))
        ? TypeDispatch.Number(op.OutputDatatype, new Factory(op.Periodic, a0, a1, a2)) ?? throw node.UnsupportedType(op.OutputDatatype, "output 0")
        : throw node.UnsupportedType(0);

    private readonly struct Factory(bool periodic, double a0, double a1, double a2) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>(periodic, a0, a1, a2);
    }

    private sealed class Kernel<T>(bool periodic, double a0, double a1, double a2) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            if (y.Length == 1 && !periodic)
            {
                // A symmetric window of one element has no period; its weight is that of the middle.
                y[0] = T.One;
                return;
            }

            double step = 2 * Math.PI / (periodic ? y.Length : y.Length - 1);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.CreateSaturating(a0 - (a1 * Math.Cos(i * step)) + (a2 * Math.Cos(2 * i * step)));
            }
        }
    }
}
