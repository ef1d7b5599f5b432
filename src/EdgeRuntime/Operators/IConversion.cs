namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The conversion of one element.</summary>
internal interface IConversion<TFrom, TTo>
{
    /// <summary>The value as another type.</summary>
    static abstract TTo Convert(TFrom value);
}
