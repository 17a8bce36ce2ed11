# First run and login

setup-title = Set up this node
setup-intro = A few answers are enough. Everything can be changed later, except the node’s address.
setup-code = Installation code
setup-code-hint = The one-time code shown when the program started.
setup-node-name = Name of the employment centre
setup-node-name-hint = As the public knows it, for example “MEF de la Nièvre”.
setup-territory = Territory
setup-name = Name
setup-email-hint = Used for logging in; it is not published.
setup-button = Create the node
login-title = Log in
login-button = Log in
login-help = Forgotten your password? The node’s administrator can give you a new one.
account-email = E-mail address
