using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

public class FunctionGradientTests
{
    [Theory]
    [MemberData(nameof(FunctionCases.Names), MemberType = typeof(FunctionCases))]
    public void Backward_agrees_with_central_differences(string name)
    {
        FunctionCase item = FunctionCases.Get(name);

        GradientCheckResult result = GradientCheck.Run(item.Function, item.Inputs);

        Assert.True(result.RelativeError <= 1e-6, $"{name}: {result}");
    }

    [Theory]
    [MemberData(nameof(FunctionCases.Names), MemberType = typeof(FunctionCases))]
    public void Gradients_add_up_where_values_are_used_twice(string name)
    {
        FunctionCase item = FunctionCases.Get(name);
        Tensor[] once = Gradients(item, (tape, inputs) => tape.Apply(item.Function, inputs));
        Tensor[] twice = Gradients(item, (tape, inputs) => tape.Apply(item.Function, inputs) + tape.Apply(item.Function, inputs));

        for (int input = 0; input < once.Length; input++)
        {
            double[] expected = [.. once[input].As<double>().ToArray().Select(value => 2 * value)];
            double[] actual = twice[input].As<double>().ToArray();
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) * 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(FunctionCases.Names), MemberType = typeof(FunctionCases))]
    public void Backward_reads_only_what_it_says_that_it_reads(string name)
    {
        FunctionCase item = FunctionCases.Get(name);
        Tensor[] expected = Gradients(item, (tape, inputs) => tape.Apply(item.Function, inputs));
        Tensor[] actual = Gradients(
            item,
            (tape, inputs) => tape.Apply(item.Function, inputs),
            (inputs, output) =>
            {
                for (int i = 0; i < inputs.Length; i++)
                {
                    if (!item.Function.BackwardReadsInput(i))
                    {
                        inputs[i].Value.As<double>().Span.Fill(double.NaN);
                    }
                }

                if (!item.Function.BackwardReadsOutput)
                {
                    output.Value.As<double>().Span.Fill(double.NaN);
                }
            });

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.As<double>().ToArray(), pair.Second.As<double>().ToArray()));
    }

    [Fact]
    public void Every_function_has_a_case()
    {
        Type[] functions = [.. typeof(Function).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Function)) && !type.IsAbstract)];
        IEnumerable<Type> covered = FunctionCases.All.Select(item => item.Function.GetType());

        Assert.Empty(functions.Except(covered));
        Assert.True(functions.Length >= 19);
    }

    [Fact]
    public void A_wrong_gradient_is_found()
    {
        GradientCheckResult result = GradientCheck.Run(new WrongFunction(), Tensor.Vector(0.5, -0.3));

        Assert.True(result.RelativeError > 0.1, result.ToString());
        Assert.Contains("input 0[", result.ToString(), StringComparison.Ordinal);
    }

    private static Tensor[] Gradients(FunctionCase item, Func<Tape, Variable[], Variable> forward, Action<Variable[], Variable>? between = null)
    {
        var tape = new Tape(ElementType.Float64);
        Variable[] inputs = [.. item.Inputs.Select((values, i) => tape.Input(values.Clone(), item.Function.IsDifferentiable(i)))];
        Variable output = forward(tape, inputs);
        var ones = new Tensor<double>(output.Shape);
        ones.Span.Fill(1.5);
        between?.Invoke(inputs, output);
        tape.Backward(output, ones);
        return [.. inputs.Where(input => input.RequiresGradient).Select(input => input.Gradient!)];
    }

    private sealed class WrongFunction : Function
    {
        public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in FunctionContext<T> context)
        {
            for (int i = 0; i < context.Output.Length; i++)
            {
                context.Output[i] = context.Input(0)[i] * context.Input(0)[i];
            }
        }

        public override void Backward<T>(in FunctionContext<T> context)
        {
            for (int i = 0; i < context.Output.Length; i++)
            {
                context.InputGradient(0)[i] = context.Input(0)[i] * context.OutputGradient[i];
            }
        }

        public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => inputs[0];
    }
}
