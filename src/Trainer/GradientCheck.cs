using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <summary>
/// Compares gradients with central differences in float64: (8 · (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h, whose error is of order h⁴.
/// A correct function reaches a relative error below 1e-6; inputs must be further than 2h from kinks such as relu's at 0.
/// </summary>
public static class GradientCheck
{
    /// <summary>The distance h of the differences.</summary>
    public const double StepSize = 1e-3;

    /// <summary>Checks a function: every gradient of a fixed random combination of its outputs.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <returns>The worst gradient.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit the function, or it has no differentiable input.</exception>
    public static GradientCheckResult Run(Function function, params IReadOnlyList<Tensor<double>> inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        Leaf[] leaves = [.. inputs.Select((values, input) => new Leaf($"input {input}", values.Clone())).Where((_, input) => function.IsDifferentiable(input))];
        Tensor<double>[] values = [.. inputs.Select((tensor, input) => leaves.FirstOrDefault(leaf => leaf.Name == $"input {input}")?.Values ?? tensor.Clone())];
        return Worst(leaves, () =>
        {
            var tape = new Tape(ElementType.Float64);
            Variable[] variables = [.. values.Select((tensor, input) => tape.Input(tensor, function.IsDifferentiable(input)))];
            return (tape.Apply(function, variables), [.. variables.Where((_, input) => function.IsDifferentiable(input))]);
        });
    }

    /// <summary>Checks a model with its loss: the gradient of the loss by every trainable parameter, in training mode with a fixed dropout mask.</summary>
    /// <param name="model">The model; its parameters stay as they are.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="x">A few samples, [n, …].</param>
    /// <param name="y">Their targets, in the shape that the loss expects.</param>
    /// <returns>The worst gradient.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit the model.</exception>
    public static GradientCheckResult Run(Model model, Loss loss, Tensor<float> x, Tensor<float> y)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        model.Build(new Shape(x.Shape.Dimensions[1..]));
        Parameter[] parameters = [.. model.Parameters.Where(parameter => parameter.IsTrainable)];
        _ = model.Arena;
        Leaf[] leaves = [.. parameters.Select(parameter => new Leaf(parameter.Name, Widen(parameter.Shape, parameter.Value)))];
        Tensor<double> samples = Widen(x.Shape, x.Span);
        Tensor<double> targets = Widen([x.Shape[0], .. loss.TargetShape(model.OutputShape).Dimensions], y.Span);
        return Worst(leaves, () =>
        {
            var tape = new Tape(ElementType.Float64);
            for (int i = 0; i < parameters.Length; i++)
            {
                tape.Override(parameters[i], leaves[i].Values);
            }

            Variable output = TrainingGraph.Record(tape, model, [new TrainingHead(loss)], [tape.Input(samples)], [tape.Input(targets)]).Loss;
            return (output, [.. parameters.Select(tape.Parameter)]);
        });
    }

    private static GradientCheckResult Worst(Leaf[] leaves, Func<(Variable Output, Variable[] Leaves)> run)
    {
        if (leaves.Length == 0)
        {
            throw new ArgumentException("GradientCheck: there is nothing to check; no input or parameter is differentiable.");
        }

        (Variable output, Variable[] variables) = run();
        Tensor<double> weights = Weights(output.Shape);
        output.Tape.Backward(output, weights);
        var worst = new GradientCheckResult(0, leaves[0].Name, 0, 0);
        for (int i = 0; i < leaves.Length; i++)
        {
            double[] analytic = variables[i].Gradient?.As<double>().ToArray() ?? new double[leaves[i].Values.Length];
            double[] numeric = [.. Enumerable.Range(0, analytic.Length).Select(index => Difference(leaves[i].Values, index, () => Weigh(run().Output, weights)))];
            double floor = Math.Max(1e-3 * analytic.Concat(numeric).Max(Math.Abs), 1e-9);
            for (int index = 0; index < analytic.Length; index++)
            {
                double scale = Math.Max(floor, Math.Max(Math.Abs(analytic[index]), Math.Abs(numeric[index])));
                double error = Math.Abs(analytic[index] - numeric[index]) / scale;
                if (!(error <= worst.RelativeError))
                {
                    worst = new GradientCheckResult(error, $"{leaves[i].Name}[{index}]", analytic[index], numeric[index]);
                }
            }
        }

        return worst;
    }

    private static double Difference(Tensor<double> values, int index, Func<double> run)
    {
        double center = values.Span[index];
        double At(double distance)
        {
            values.Span[index] = center + (distance * StepSize);
            return run();
        }

        double near = At(1) - At(-1);
        double far = At(2) - At(-2);
        values.Span[index] = center;
        return ((8 * near) - far) / (12 * StepSize);
    }

    private static double Weigh(Variable output, Tensor<double> weights)
    {
        ReadOnlySpan<double> values = output.Value.As<double>().Span;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * weights.Span[i];
        }

        return sum;
    }

    // All outputs count, each differently, so that an error in one cannot hide behind another.
    private static Tensor<double> Weights(Shape shape)
    {
        var weights = new Tensor<double>(shape);
        var random = new CounterRandom(0, 0);
        foreach (ref double weight in weights.Span)
        {
            weight = 0.5 + random.NextDouble();
        }

        return weights;
    }

    private static Tensor<double> Widen(Shape shape, ReadOnlySpan<float> values)
    {
        var widened = new Tensor<double>(shape);
        for (int i = 0; i < values.Length; i++)
        {
            widened.Span[i] = values[i];
        }

        return widened;
    }

    private sealed record Leaf(string Name, Tensor<double> Values);
}
