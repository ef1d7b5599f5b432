namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A function of a real number, computed in float64 whatever the element type is.</summary>
internal interface IRealFunction
{
    /// <summary>f(x).</summary>
    static abstract double Invoke(double x);
}
