using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Tests.Autograd;

public class ProgramFusionTests
{
    /// <summary>Graphs whose neighbours a program joins, or must not.</summary>
    public static TheoryData<string> Graphs => [.. Builders.Keys];

    private static Dictionary<string, Func<Node, Node>> Builders { get; } = new()
    {
        ["a relu behind batch normalization"] = x => Relu(Normal(Convolve(x))),
        ["a residual block"] = x => Relu(x + Normal(Convolve(Relu(Normal(Convolve(x)))))),
        ["residual blocks in a row"] = x => Residual(Residual(Residual(x))),
        ["a sum without relu between blocks"] = x =>
        {
            Node h = Residual(x) + Normal(Convolve(x));
            return Residual(h) + h;
        },
        ["two readers of a normalized value"] = x =>
        {
            Node h = Normal(Convolve(x));
            return Relu(h) + h;
        },
        ["two readers of a relu"] = x =>
        {
            Node h = Relu(Normal(Convolve(x)));
            return Convolve(h) + h;
        },
        ["a value added to itself"] = x =>
        {
            Node h = Normal(Convolve(x));
            return Relu(h + h);
        },
        ["one value in two sums"] = x =>
        {
            Node h = Convolve(x);
            return Relu(h + Normal(x)) + Relu(h + x);
        },
        ["dropout between"] = x => Relu(new Dropout(0.3).Apply(Normal(Convolve(x)))),
        ["dropout behind a sum"] = x => new Dropout(0.3).Apply(x + Normal(Convolve(x))),
        ["max pooling behind a convolution's relu"] = x => new MaxPooling2D(2).Apply(new Conv2D(4, 3, padding: "same", activation: "relu").Apply(x)),
        ["overlapping max pooling behind a convolution's relu"] = x => new MaxPooling2D(3, strides: 2).Apply(new Conv2D(4, 3, padding: "same", activation: "relu").Apply(x)),
        ["max pooling and a second reader"] = x =>
        {
            Node h = new Conv2D(4, 3, padding: "same", activation: "relu").Apply(x);
            return new MaxPooling2D(2).Apply(h) + new AveragePooling2D(2).Apply(h);
        },
        ["activations in a row"] = x => Act("tanh", Act("sigmoid", Act("elu", Convolve(x)))),
        ["batch normalization of features"] = x => Relu(Normal(new Dense(12).Apply(new Flatten().Apply(x)))),
        ["a relu behind views"] = x => Relu(new Reshape([16, 9]).Apply(new Flatten().Apply(Normal(Convolve(x))))),
        ["a frozen normalization"] = x => Relu(new BatchNormalization { IsTrainable = false }.Apply(Convolve(x))),
        ["a normalization without scale and bias"] = x => Relu(new BatchNormalization(center: false, scale: false).Apply(Convolve(x))),
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_joined_program_equals_the_eager_tape_to_the_bit(string graph)
    {
        foreach (int threads in (int[])[1, 2])
        {
            using var workers = new WorkerPool(threads);
            Model eager = Build(graph);
            Model replayed = Build(graph);
            var head = new TrainingHead((Loss)"mse");
            StepProgram program = new ProgramCache(replayed).Train(5, [head], false);
            var tape = new Tape(workers: workers);
            for (ulong step = 0; step < 3; step++)
            {
                (Tensor<float> x, Tensor<float> y) = Batch(step);
                tape.Reset();
                tape.Step = step;
                Variable loss = TrainingGraph.Record(tape, eager, [head], [tape.Input(x)], [tape.Input(y)]).Loss;
                tape.Backward(loss);

                x.Span.CopyTo(program.Input(0));
                y.Span.CopyTo(program.Input(1));
                program.Forward(workers, step);
                program.Backward(workers, step);

                Assert.Equal(loss.Value.As<float>().Span[0], program.Loss);
                Assert.True(eager.Arena.Gradients.ContainsAnyExcept(0f));
                Assert.Equal(eager.Arena.Gradients, replayed.Arena.Gradients);
                Assert.Equal(eager.Arena.Values, replayed.Arena.Values);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_joined_inference_equals_the_eager_tape_to_the_bit(string graph)
    {
        Model model = Build(graph);
        (Tensor<float> x, _) = Batch(7);
        var tape = new Tape(isTraining: false);
        ReadOnlySpan<float> expected = model.Call(tape, tape.Input(x)).Value.As<float>().Span;

        StepProgram program = new ProgramCache(model).Predict(5);
        x.Span.CopyTo(program.Input(0));
        program.Forward(WorkerPool.Serial);

        Assert.Equal(expected, program.Predictions);
    }

    [Fact]
    public void Neighbours_become_one_step()
    {
        Assert.Equal(["Conv", "Conv", "BatchNormalization", "Conv", "BatchNormalization", "AddRelu"], Steps("a residual block"));
        Assert.Equal(["Conv", "Conv", "BatchNormalization", "Relu", "Add"], Steps("two readers of a normalized value"));
        Assert.Equal(["Conv", "Conv", "BatchNormalization", "Dropout", "Relu"], Steps("dropout between"));

        static string[] Steps(string graph) => [.. Plan(graph).Forward().Select(step => step.Function.Name).TakeWhile(name => name is not ("Flatten" or "Gemm" or "GlobalAveragePool"))];
    }

    [Fact]
    public void A_pooling_alone_behind_a_relu_takes_its_derivative()
    {
        Assert.True(Leaves("max pooling behind a convolution's relu"));
        Assert.True(Leaves("overlapping max pooling behind a convolution's relu"));
        Assert.False(Leaves("max pooling and a second reader"));

        static bool Leaves(string graph) => Plan(graph).Forward().Select(step => step.Function).OfType<ConvFunction>().Single(function => function.Activation == ActivationKind.Relu).LeavesDerivative;
    }

    [Fact]
    public void What_is_kept_is_not_joined()
    {
        Parameter scale = Weight("scale");
        Tape tape = Tape.ForRecording(isTraining: true);
        Variable sum = tape.Apply(AddFunction.Instance, tape.Parameter(scale), tape.Parameter(scale));
        Variable loss = tape.Apply(new ReduceSumFunction([0, 1], false), tape.Apply(ReluFunction.Instance, sum));

        Assert.Equal(2, new ProgramPlan(tape, loss, [loss]).Forward().Length);
        Assert.Equal(3, new ProgramPlan(tape, loss, [loss, sum]).Forward().Length);
    }

    [Fact]
    public void Gradients_that_are_handed_on_take_no_memory_and_no_visit()
    {
        StepBuffers[] visits = Plan("a residual block").Backward();

        StepBuffers end = Assert.Single(visits, visit => visit.Function is AddReluFunction);
        Assert.True(end.OutputGradient.Overlaps(end.InputGradient(0)) || end.OutputGradient.Overlaps(end.InputGradient(1)));
        Assert.DoesNotContain(Plan("dropout behind a sum").Backward(), visit => visit.Function is AddFunction);
        Assert.DoesNotContain(visits, visit => visit.Function.IsView);
    }

    private static ProgramPlan Plan(string graph) => new ProgramCache(Build(graph)).Train(5, [new TrainingHead((Loss)"mse")], false).Plan;

    private static Model Build(string graph)
    {
        Node input = new Input(2, 6, 6);
        Node x = new Conv2D(4, 1).Apply(input);
        Node body = Builders[graph](x);
        Node y = new Dense(3).Apply(new Flatten().Apply(body));
        var model = new Model(input, y);
        model.Compile("sgd", "mse", [], 5);
        _ = model.Arena;
        return model;
    }

    private static Node Convolve(Node x) => new Conv2D(4, 3, padding: "same", useBias: false).Apply(x);

    private static Node Normal(Node x) => new BatchNormalization(gammaInitializer: new RandomUniform(0.5, 1.5), betaInitializer: new RandomUniform(-0.5, 0.5)).Apply(x);

    private static Node Relu(Node x) => Act("relu", x);

    private static Node Act(string name, Node x) => new ActivationLayer(name).Apply(x);

    private static Node Residual(Node x) => Relu(x + Normal(Convolve(Relu(Normal(Convolve(x))))));

    private static Parameter Weight(string name)
    {
        var parameter = new Parameter(name, [2, 3], new Ones());
        _ = new ParameterArena([parameter]);
        return parameter;
    }

    private static (Tensor<float> X, Tensor<float> Y) Batch(ulong step)
    {
        var random = new CounterRandom(9, step);
        var x = new Tensor<float>([5, 2, 6, 6]);
        var y = new Tensor<float>([5, 3]);
        random.FillNormal(x.Span);
        random.FillNormal(y.Span);
        return (x, y);
    }
}
