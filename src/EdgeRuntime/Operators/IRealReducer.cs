namespace Toolkit.EdgeRuntime.Operators;

/// <summary>How a reduction combines elements in float64, whatever their type is.</summary>
internal interface IRealReducer
{
    /// <summary>Whether the greatest element is subtracted from all of them first, and added to the result.</summary>
    static virtual bool IsShifted => false;

    /// <summary>What no elements reduce to.</summary>
    static abstract double Identity { get; }

    /// <summary>What an element stands for before it is combined.</summary>
    static abstract double Map(double x);

    /// <summary>Two results as one.</summary>
    static virtual double Combine(double a, double b) => a + b;

    /// <summary>The result for what <paramref name="count"/> elements were combined to.</summary>
    static virtual double Finish(double result, int count) => result;
}
