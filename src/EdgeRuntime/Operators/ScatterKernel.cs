using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Data with some of its elements updated; which, the derived kernels know.</summary>
internal static class ScatterKernel
{
    /// <summary>The kernel for the node's element type and reduction.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="target">Finds the elements to which updates go.</param>
    /// <param name="node">The node.</param>
    public static OperatorKernel Create<TTarget>(ScatterOperator op, TTarget target, NodeContext node)
        where TTarget : struct, IScatterTarget
    {
        if (!IntegerInput.Accepts(node.InputType(1)))
        {
            throw node.UnsupportedType(1);
        }

        return op.Reduction switch
        {
            ScatterReduction.None => TypeDispatch.Element(node.InputType(0), new Factory<TTarget>(target)),
            ScatterReduction.Add => TypeDispatch.Computed(node.InputType(0), new NumberFactory<TTarget, Sum>(target)),
            ScatterReduction.Mul => TypeDispatch.Computed(node.InputType(0), new NumberFactory<TTarget, Product>(target)),
            ScatterReduction.Max => TypeDispatch.Computed(node.InputType(0), new NumberFactory<TTarget, Greatest>(target)),
            _ => TypeDispatch.Computed(node.InputType(0), new NumberFactory<TTarget, Least>(target)),
        } ?? Special(op.Reduction, target, node.InputType(0)) ?? throw node.UnsupportedType(0);
    }

    // Truth values have every reduction, complex numbers have no greatest.
    private static OperatorKernel? Special<TTarget>(ScatterReduction reduction, TTarget target, ElementType type)
        where TTarget : struct, IScatterTarget => (type, reduction) switch
        {
            (ElementType.Bool, ScatterReduction.Add or ScatterReduction.Max) => new Kernel<TTarget, ElementReductions.Or, bool>(target),
            (ElementType.Bool, _) => new Kernel<TTarget, ElementReductions.And, bool>(target),
            (ElementType.Complex64, ScatterReduction.Add) => new Kernel<TTarget, ElementReductions.ComplexSum, Complex64>(target),
            (ElementType.Complex64, ScatterReduction.Mul) => new Kernel<TTarget, ElementReductions.ComplexProduct, Complex64>(target),
            (ElementType.Complex128, ScatterReduction.Add) => new Kernel<TTarget, ElementReductions.ComplexSum, Complex>(target),
            (ElementType.Complex128, ScatterReduction.Mul) => new Kernel<TTarget, ElementReductions.ComplexProduct, Complex>(target),
            _ => null,
        };

    private readonly struct Factory<TTarget>(TTarget target) : IElementFactory
        where TTarget : struct, IScatterTarget
    {
        public OperatorKernel Create<T>() => new Kernel<TTarget, Replacement<T>, T>(target);
    }

    private readonly struct NumberFactory<TTarget, TArithmetic>(TTarget target) : INumberFactory
        where TTarget : struct, IScatterTarget
        where TArithmetic : IArithmetic
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TTarget, Reduction<TArithmetic, T>, T>(target);
    }

    private readonly struct Replacement<T> : IBroadcastBody<T, T, T>
    {
        public static T Invoke(T x, T y) => y;
    }

    private readonly struct Reduction<TArithmetic, T> : IBroadcastBody<T, T, T>
        where TArithmetic : IArithmetic
        where T : unmanaged, INumber<T>
    {
        public static T Invoke(T x, T y) => TArithmetic.Invoke(x, y);
    }

    private readonly struct Sum : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x + y;
    }

    private readonly struct Product : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x * y;
    }

    private readonly struct Greatest : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => T.Max(x, y);
    }

    private readonly struct Least : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => T.Min(x, y);
    }

    private sealed class Kernel<TTarget, TBody, T>(TTarget target) : OperatorKernel
        where TTarget : struct, IScatterTarget
        where TBody : IBroadcastBody<T, T, T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            arguments.Input<T>(0).CopyTo(y);
            target.Update<TBody, T>(arguments.InputShape(0), arguments.InputTensor(1), arguments.Input<T>(2), y);
        }
    }
}
