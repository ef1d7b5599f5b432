namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Converts element by element.</summary>
internal sealed class ConvertKernel<TConversion, TFrom, TTo> : OperatorKernel
    where TConversion : IConversion<TFrom, TTo>
{
    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        ReadOnlySpan<TFrom> x = arguments.Input<TFrom>(0);
        Span<TTo> y = arguments.Output<TTo>(0);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TConversion.Convert(x[i]);
        }
    }
}
