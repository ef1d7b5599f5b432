using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Tests.Autograd;

public class TapeTests
{
    [Fact]
    public void Operators_compute_at_once_and_backward_follows_the_chain_rule()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.Vector(2f, 3f), requiresGradient: true);
        Variable y = tape.Input(Tensor.Vector(5f, 7f), requiresGradient: true);

        Variable z = (x * x * y) - (x / y) + x;
        tape.Backward(z, Tensor.Vector(1f, 1f));

        Assert.Equal([(4 * 5f) - (2 / 5f) + 2, (9 * 7f) - (3 / 7f) + 3], z.Value.As<float>().ToArray());
        Assert.Equal([(2 * 2 * 5f) - (1 / 5f) + 1, (2 * 3 * 7f) - (1 / 7f) + 1], x.Gradient!.As<float>().ToArray(), Close);
        Assert.Equal([4 + (2 / 25f), 9 + (3 / 49f)], y.Gradient!.As<float>().ToArray(), Close);
    }

    [Fact]
    public void A_parameter_is_one_variable_however_often_it_is_used()
    {
        var parameter = new Parameter("w", [2], new Ones());
        var arena = new ParameterArena([parameter]);
        arena.Initialize(1);
        var tape = new Tape();

        Variable w = tape.Parameter(parameter);
        Variable product = w * tape.Parameter(parameter);
        tape.Backward(product, Tensor.Vector(1f, 10f));

        Assert.Same(w, tape.Parameter(parameter));
        Assert.Equal([2f, 20f], parameter.Gradient.ToArray());
    }

    [Fact]
    public void The_gradient_of_a_parameter_without_influence_is_zero()
    {
        var used = new Parameter("used", [2], new Ones());
        var unused = new Parameter("unused", [2], new Ones());
        var arena = new ParameterArena([used, unused]);
        arena.Gradients.Fill(9f);
        var tape = new Tape();
        _ = tape.Parameter(unused);

        tape.Backward(tape.Parameter(used) + tape.Parameter(used), Tensor.Vector(1f, 1f));

        Assert.Equal([2f, 2f], used.Gradient.ToArray());
        Assert.Equal([0f, 0f], unused.Gradient.ToArray());
    }

    [Fact]
    public void Gradients_flow_only_where_they_are_wanted()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.Vector(1f));
        Variable w = tape.Input(Tensor.Vector(1f), requiresGradient: true);

        Variable loss = x * w;
        tape.Backward(loss);

        Assert.Null(x.Gradient);
        Assert.NotNull(w.Gradient);
        Assert.True(loss.RequiresGradient);
        Assert.False((x + x).RequiresGradient);
    }

    [Fact]
    public void Backward_of_anything_but_a_scalar_needs_a_gradient_to_start_from()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.Vector(1f, 2f), requiresGradient: true);

        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => tape.Backward(x + x)).Message, StringComparison.Ordinal);
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => tape.Backward(x + x, Tensor.Vector(1f, 2f, 3f))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_another_tape_or_from_before_a_reset_are_refused()
    {
        var tape = new Tape();
        Variable old = tape.Input(Tensor.Vector(1f));
        tape.Reset();
        _ = tape.Input(Tensor.Vector(1f));
        Variable other = new Tape().Input(Tensor.Vector(1f));

        Assert.Throws<ArgumentException>(() => tape.Apply(ReluFunction.Instance, old));
        Assert.Throws<ArgumentException>(() => tape.Apply(ReluFunction.Instance, other));
        Assert.Throws<ArgumentException>(() => old.Value);
    }

    [Fact]
    public void A_tape_takes_float32_and_float64_alone()
    {
        Assert.Throws<ArgumentException>(() => new Tape(ElementType.Int32));
        Assert.Throws<ArgumentException>(() => new Tape(ElementType.Float64).Input(Tensor.Vector(1f)));
    }

    [Fact]
    public void Shape_errors_name_the_layer()
    {
        var tape = new Tape { Path = "dense_3" };
        Variable x = tape.Input(new Tensor<float>([2, 3]));
        Variable w = tape.Input(new Tensor<float>([4, 5]));

        string message = Assert.Throws<ArgumentException>(() => tape.Apply(new GemmFunction(), x, w)).Message;

        Assert.StartsWith("Layer 'dense_3': Gemm: expected X of shape [N,4] for W [4,5], got [2,3].", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Float64_tapes_widen_parameters_and_leave_them_alone()
    {
        var parameter = new Parameter("w", [1], new Constant(0.1f));
        var arena = new ParameterArena([parameter]);
        arena.Initialize(1);
        var tape = new Tape(ElementType.Float64);

        Variable w = tape.Parameter(parameter);
        tape.Backward(w * w);

        Assert.Equal((double)0.1f, w.Value.As<double>().Span[0]);
        Assert.Equal(2 * (double)0.1f, w.Gradient!.As<double>().Span[0]);
        Assert.Equal(0f, parameter.Gradient[0]);
    }

    private static bool Close(float a, float b) => Math.Abs(a - b) <= 1e-5f * Math.Abs(a);
}
