using System.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>An activation that a function applies to its result before anybody sees it: the gradient before it, and its operator.</summary>
internal static class FusedActivation
{
    /// <summary>
    /// The gradient by what the activation was applied to, in the function's scratch, or the output's gradient where there is no activation. The
    /// derivatives read Y alone: it stands in for the Z that was never stored.
    /// </summary>
    public static ReadOnlySpan<T> GradientBefore<T>(ActivationKind activation, in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => activation switch
        {
            ActivationKind.Relu => Derive(default(Relu), context),
            ActivationKind.Sigmoid => Derive(default(Sigmoid), context),
            ActivationKind.Tanh => Derive(default(HyperbolicTangent), context),
            _ => context.OutputGradient,
        };

    /// <summary>
    /// As <see cref="GradientBefore{T}(ActivationKind, in FunctionContext{T})"/> for a matrix, with the gradient of a bias [columns] that was added before the
    /// activation: the sum over the rows, where the input <paramref name="bias"/> is there and needs one.
    /// </summary>
    public static ReadOnlySpan<T> GradientBefore<T>(ActivationKind activation, in FunctionContext<T> context, int bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (context.InputCount <= bias || !context.NeedsGradient(bias))
        {
            return GradientBefore(activation, context);
        }

        switch (activation)
        {
            case ActivationKind.Relu:
                return Derive(default(Relu), context, bias);
            case ActivationKind.Sigmoid:
                return Derive(default(Sigmoid), context, bias);
            case ActivationKind.Tanh:
                return Derive(default(HyperbolicTangent), context, bias);
            default:
                (int rows, int columns) = (context.OutputShape[0], context.OutputShape[1]);
                Reduction.SumRows(context.OutputGradient, context.InputGradient(bias), rows, columns, context.Workers, context.Accumulates(bias));
                return context.OutputGradient;
        }
    }

    /// <summary>Adds the activation's operator behind a value.</summary>
    /// <returns>The name of the result.</returns>
    public static string Emit(ActivationKind activation, IOperatorSink sink, string value) => activation switch
    {
        ActivationKind.None => value,
        ActivationKind.Relu => sink.Add(new Onnx.Operators.Relu(), value),
        ActivationKind.Sigmoid => sink.Add(new Onnx.Operators.Sigmoid(), value),
        ActivationKind.Tanh => sink.Add(new Onnx.Operators.Tanh(), value),
        _ => throw new NotSupportedException($"Activation {activation} has no ONNX operator."),
    };

    private static ReadOnlySpan<T> Derive<TOperation, T>(TOperation operation, in FunctionContext<T> context)
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ElementWise.UnaryBackward(operation, context.Output, context.Output, context.OutputGradient, context.Scratch, context.Workers);
        return context.Scratch;
    }

    private static ReadOnlySpan<T> Derive<TOperation, T>(TOperation operation, in FunctionContext<T> context, int bias)
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int rows, int columns) = (context.OutputShape[0], context.OutputShape[1]);
        ElementWise.UnaryBackwardWithRowSums(
            operation, context.Output, context.OutputGradient, context.Scratch, context.InputGradient(bias), rows, columns, context.Workers, context.Accumulates(bias));
        return context.Scratch;
    }
}
