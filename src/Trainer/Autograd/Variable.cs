using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Autograd;

/// <summary>A value on a <see cref="Autograd.Tape"/>: an input, a parameter, or the output of a <see cref="Function"/>. Valid until the tape's next <see cref="Tape.Reset"/>.</summary>
public sealed class Variable
{
    internal Variable(Tape tape, int index, string name, TraceValueKind kind, Shape shape, bool requiresGradient, Parameter? parameter)
    {
        Tape = tape;
        Index = index;
        Name = name;
        Kind = kind;
        Shape = shape;
        RequiresGradient = requiresGradient;
        Parameter = parameter;
    }

    /// <summary>The tape that the value is on.</summary>
    public Tape Tape { get; }

    /// <summary>The input's or parameter's name; empty for what a function made.</summary>
    public string Name { get; }

    /// <summary>Where the value comes from.</summary>
    public TraceValueKind Kind { get; }

    /// <summary>Its shape; axis 0 of inputs and of what is computed from them is the batch.</summary>
    public Shape Shape { get; }

    /// <summary>Whether gradients flow here.</summary>
    public bool RequiresGradient { get; }

    /// <summary>The parameter that it reads, if it is one.</summary>
    public Parameter? Parameter { get; }

    /// <summary>The elements, not copied: a tensor of the tape's element type.</summary>
    /// <exception cref="InvalidOperationException">The tape records a program and computes nothing.</exception>
    public Tensor Value => Tape.ValueOf(this);

    /// <summary>The gradient that the last <see cref="Tape.Backward"/> left here, not copied; null where none flowed.</summary>
    /// <exception cref="InvalidOperationException">The tape records a program and computes nothing.</exception>
    public Tensor? Gradient => Tape.GradientOf(this);

    internal int Index { get; }

    /// <summary>left + right, broadcast.</summary>
    public static Variable operator +(Variable left, Variable right) => Apply(AddFunction.Instance, left, right);

    /// <summary>left - right, broadcast.</summary>
    public static Variable operator -(Variable left, Variable right) => Apply(SubFunction.Instance, left, right);

    /// <summary>left · right by element, broadcast.</summary>
    public static Variable operator *(Variable left, Variable right) => Apply(MulFunction.Instance, left, right);

    /// <summary>left / right, broadcast.</summary>
    public static Variable operator /(Variable left, Variable right) => Apply(DivFunction.Instance, left, right);

    /// <summary>-x.</summary>
    public static Variable operator -(Variable x) => Affine(x, -1, 0);

    /// <summary>left + right by element.</summary>
    public static Variable operator +(Variable left, float right) => Affine(left, 1, right);

    /// <summary>left + right by element.</summary>
    public static Variable operator +(float left, Variable right) => Affine(right, 1, left);

    /// <summary>left - right by element.</summary>
    public static Variable operator -(Variable left, float right) => Affine(left, 1, -right);

    /// <summary>left - right by element.</summary>
    public static Variable operator -(float left, Variable right) => Affine(right, -1, left);

    /// <summary>left · right by element.</summary>
    public static Variable operator *(Variable left, float right) => Affine(left, right, 0);

    /// <summary>left · right by element.</summary>
    public static Variable operator *(float left, Variable right) => Affine(right, left, 0);

    /// <summary>left / right by element: left · (1 / right), the reciprocal rounded.</summary>
    public static Variable operator /(Variable left, float right) => Affine(left, 1 / right, 0);

    /// <summary>left / right by element.</summary>
    public static Variable operator /(float left, Variable right) => Affine(Ops.Reciprocal(right), left, 0);

    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? $"{Name} {Shape}" : $"{Kind} {Shape}";

    private static Variable Affine(Variable x, float scale, float shift)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Tape.Apply(new AffineFunction(scale, shift), x);
    }

    private static Variable Apply(Function function, Variable left, Variable right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.Tape.Apply(function, left, right);
    }
}
