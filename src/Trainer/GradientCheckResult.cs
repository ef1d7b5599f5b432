using System.Globalization;

namespace Toolkit.Trainer;

/// <summary>The gradient that a <see cref="GradientCheck"/> found furthest from its numerical estimate.</summary>
/// <param name="RelativeError">|analytic - numeric| over the greater of the two magnitudes, or over a thousandth of the tensor's largest gradient where that is greater.</param>
/// <param name="Where">The tensor and the index of the element in it: <c>dense.kernel[3]</c>.</param>
/// <param name="Analytic">The gradient that backward computed.</param>
/// <param name="Numeric">The central difference.</param>
public sealed record GradientCheckResult(double RelativeError, string Where, double Analytic, double Numeric)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"relative error {RelativeError:E2} at {Where}: backward gave {Analytic:G9}, central differences {Numeric:G9}");
}
