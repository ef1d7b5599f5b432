namespace Toolkit.Numerics;

/// <summary>A complex number of two binary32 parts, stored real first (ONNX <c>COMPLEX64</c>).</summary>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
public readonly record struct Complex64(float Real, float Imaginary);
